import fc from 'fast-check'
import { compareClocks, HISTORY, isAfter, REALTIME, type Arrival, type Clock, type Observation } from '../../../domain/clock.ts'
import { winning, type MergeTable, type Registers } from '../../../domain/register.ts'
import { climbs, type Status } from '../../../domain/message/status.ts'
import { arrivalOf, counts, shownUnread, UNCOUNTED, withRaised, withSet } from '../../../domain/chat/unread.ts'
import type { Unread } from '../../../domain/chat/chat.ts'
import { anEventTime, anyDeliveries, once, PATIENCE, RUNS } from './deliveries.ts'
import { expectSame } from './converges.ts'

const aClock: fc.Arbitrary<Clock> = fc.record({
  at: anEventTime, rank: fc.constantFrom(HISTORY, REALTIME), sequence: fc.integer({ min: 1, max: 3 }), item: fc.integer({ min: 0, max: 1 }),
})

interface Fields { readonly kept: string; readonly changing: string | null }
const TABLE: MergeTable<Fields> = { kept: 'earliest', changing: 'latest' }

const told = ({ at, rank, sequence, item }: Clock): string => [at, rank, sequence, item].join(' ')
/** What one event writes has one clock, and one clock writes one value. */
const registers: fc.Arbitrary<Registers<Fields>> = fc.record({
  kept: aClock.map((clock) => ({ clock, value: told(clock) })),
  changing: aClock.map((clock) => ({ clock, value: clock.sequence === 2 ? null : told(clock) })),
}, { requiredKeys: [] })

const merge = (a: Registers<Fields>, b: Registers<Fields>): Registers<Fields> => ({ ...a, ...winning(TABLE, a, b) })
const higher = (a: Status | undefined, b: Status): Status => (a === undefined || climbs(b, a) ? b : a)

const aStatus: fc.Arbitrary<Status> = aClock.chain((clock) =>
  fc.constantFrom('pending', 'sent', 'SERVER_ACK', 'server_ack', 'delivered', 'read', 'played', 'odd', 'odder')
    .map((word) => ({ word, clock })))

/** The rule of contract 4.2, taken literally: everything once, in the order in which it was stored. */
const inOrderOfStorage = (changes: ReadonlyArray<Told>): number =>
  [...changes].sort((a, b) => a.rank - b.rank || a.sequence - b.sequence || a.item - b.item)
    .reduce((unread, { count }) => (count === 'raise' ? unread + 1 : count), 0)

interface Told extends Arrival { readonly count: number | 'raise'; readonly apply: (unread: Unread) => Unread }

const aCount = fc.constantFrom<number | 'raise'>(0, 2, 7, 'raise', 'raise', 'raise')

const aChange = (seen: Observation): fc.Arbitrary<Told> => aCount.map((count) => {
  const at = arrivalOf(seen)
  const change = count === 'raise' ? { type: 'raise' as const } : { type: 'set' as const, count }
  const apply = (unread: Unread): Unread => {
    if (!counts(unread, change, at)) return unread
    return count === 'raise' ? withRaised(unread, at) : withSet(unread, count, at)
  }
  return { ...at, count, apply }
})

describe('merge laws', function () {
  this.timeout(PATIENCE)

  it('clocks are totally ordered', () => {
    fc.assert(fc.property(aClock, aClock, aClock, (a, b, c) => {
      expectSame(Math.sign(compareClocks(a, b)), 0 - Math.sign(compareClocks(b, a)))
      if (isAfter(a, b) && isAfter(b, c)) expectSame(isAfter(a, c), true)
      expectSame(compareClocks(a, b) === 0, told(a) === told(b))
    }), RUNS)
  })
  it('registers: a with b is b with a', () => {
    fc.assert(fc.property(registers, registers, (a, b) => { expectSame(merge(a, b), merge(b, a)) }), RUNS)
  })
  it('registers: a with itself is a, and says nothing new', () => {
    fc.assert(fc.property(registers, (a) => { expectSame([merge(a, a), winning(TABLE, a, a)], [a, undefined]) }), RUNS)
  })
  it('registers: how three are grouped does not matter', () => {
    fc.assert(fc.property(registers, registers, registers, (a, b, c) => { expectSame(merge(merge(a, b), c), merge(a, merge(b, c))) }), RUNS)
  })
  it('status: the same wins, whatever the order', () => {
    fc.assert(fc.property(fc.uniqueArray(aStatus, { minLength: 1, maxLength: 5, selector: ({ clock }) => told(clock) }), (statuses) => {
      const winner = (order: ReadonlyArray<Status>) => order.reduce<Status | undefined>(higher, undefined)
      expectSame(winner([...statuses].reverse()), winner(statuses))
      for (const [i] of statuses.entries()) expectSame(winner([...statuses.slice(i), ...statuses.slice(0, i)]), winner(statuses))
    }), RUNS)
  })
  it('unread: counts as if every event had been applied once, in the order it was stored', () => {
    fc.assert(fc.property(anyDeliveries(aChange), (all) => {
      expectSame(shownUnread(once(all).reduce((unread, { apply }) => apply(unread), UNCOUNTED)), inOrderOfStorage(once(all)))
    }), RUNS)
  })
})
