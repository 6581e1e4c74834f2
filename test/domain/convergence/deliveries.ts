import fc from 'fast-check'
import { HISTORY, REALTIME, type Observation } from '../../../domain/clock.ts'
import { FUTURE_TOLERANCE_SECONDS, type EpochSeconds } from '../../../domain/time.ts'
import { NOON } from '../../support/an-observation.ts'

/** Random event sets per property; `PROPERTY_RUNS=500000` for a release. */
export const RUNS = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 2_000) }

/** For what one example nearly proves. */
export const FEWER_RUNS = { numRuns: Math.ceil(RUNS.numRuns / 5) }
/** Milliseconds: enough on a machine that is busy with something else. */
export const PATIENCE = RUNS.numRuns * 15

const MINUTE = 60
/** Events stored in one minute, so that broker times collide too. */
const PER_MINUTE = 3

/** Where events stand in the two streams; the broker's time grows with the sequence. Few of everything: collisions are the point. */
const anObservation: fc.Arbitrary<Observation> = fc.record({
  rank: fc.constantFrom(HISTORY, REALTIME, REALTIME), sequence: fc.integer({ min: 1, max: 9 }), item: fc.integer({ min: 0, max: 2 }),
}).map(({ rank, sequence, item }) =>
  ({ rank, sequence, item: rank === HISTORY ? item : 0, publishedAt: (NOON + Math.floor(sequence / PER_MINUTE) * MINUTE) as EpochSeconds }))

const seconds = (offset: number): EpochSeconds => (NOON + offset) as EpochSeconds

/** Times that events tell of themselves: colliding, around the edge of the clamp and far beyond it. */
export const anEventTime: fc.Arbitrary<EpochSeconds> = fc.constantFrom(
  seconds(-MINUTE), seconds(0), seconds(MINUTE), seconds(2 * MINUTE),
  seconds(FUTURE_TOLERANCE_SECONDS), seconds(FUTURE_TOLERANCE_SECONDS + MINUTE), seconds(FUTURE_TOLERANCE_SECONDS * 2_000))

/** A word of few, or nothing. */
export const maybe = <T>(...words: ReadonlyArray<T>): fc.Arbitrary<T | undefined> => fc.constantFrom(undefined, ...words)

/** The fields that an event mentions. */
export const someOf = <Fields extends object>(
  fields: { readonly [Name in keyof Fields]-?: fc.Arbitrary<Fields[Name]> },
): fc.Arbitrary<Partial<Fields>> =>
  fc.record(fields, { requiredKeys: [] }) as unknown as fc.Arbitrary<Partial<Fields>>

/** A command and the moments at which it is delivered, once or more. */
interface Delivery<Command> { readonly command: Command; readonly moments: ReadonlyArray<number> }

export interface Deliveries<Command> {
  readonly deliveries: ReadonlyArray<Delivery<Command>>
  /** How the stream of deliveries is cut into batches, over and over. */
  readonly batchSizes: ReadonlyArray<number>
}

const MOST_COMMANDS = 8

const placeOf = ({ rank, sequence, item }: Observation): string => `${String(rank)} ${String(sequence)} ${String(item)}`

/** A set of events, no two with one place in the streams, and a way to deliver all of them in any order, some repeatedly. */
export const anyDeliveries = <Command>(
  command: (seen: Observation) => fc.Arbitrary<Command>,
): fc.Arbitrary<Deliveries<Command>> => fc.record({
  deliveries: fc.uniqueArray(
    anObservation.chain((seen) => fc.record({
      place: fc.constant(placeOf(seen)), command: command(seen),
      moments: fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 3 }),
    })),
    { minLength: 1, maxLength: MOST_COMMANDS, selector: ({ place }) => place }),
  batchSizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
})

export const once = <Command>({ deliveries }: Deliveries<Command>): ReadonlyArray<Command> => deliveries.map(({ command }) => command)

export const shuffledAndRepeated = <Command>({ deliveries }: Deliveries<Command>): ReadonlyArray<Command> =>
  deliveries.flatMap(({ command, moments }) => moments.map((moment) => ({ command, moment })))
    .sort((a, b) => a.moment - b.moment).map(({ command }) => command)

export const inBatches = <T>(items: ReadonlyArray<T>, sizes: ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<T>> => {
  const batches: ReadonlyArray<T>[] = []
  for (let from = 0; from < items.length;) {
    const size = sizes[batches.length % sizes.length] ?? 1
    batches.push(items.slice(from, from + size))
    from += size
  }
  return batches
}
