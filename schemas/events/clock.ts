import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { noted } from '../noted.ts'

/** Where a stored message stands; the domain's `Arrival`. */
export interface Arrival { readonly rank: 0 | 1; readonly sequence: number; readonly item: number }
/** The domain's `Clock`; `at` in seconds. */
export interface Clock extends Arrival { readonly at: number }

const PackedArrival = t.tuple([t.union([t.literal(0), t.literal(1)]), t.number, t.number])
const PackedClock = t.tuple([t.number, t.union([t.literal(0), t.literal(1)]), t.number, t.number])

const isArrival = (value: unknown): value is Arrival =>
  typeof value === 'object' && value !== null && 'sequence' in value && 'rank' in value

/** On disk `[rank, sequence, item]`: a log of clocks must not be mostly names. */
export const Arrival = noted(new t.Type<Arrival, t.OutputOf<typeof PackedArrival>, unknown>('Arrival', isArrival,
  (value, context) => {
    const packed = PackedArrival.validate(value, context)
    if (E.isLeft(packed)) return packed
    const [rank, sequence, item] = packed.right
    return t.success({ rank, sequence, item })
  },
  ({ rank, sequence, item }) => [rank, sequence, item]), { of: 'same', as: PackedArrival })

/** On disk `[at, rank, sequence, item]`. */
export const Clock = noted(new t.Type<Clock, t.OutputOf<typeof PackedClock>, unknown>('Clock',
  (value): value is Clock => isArrival(value) && 'at' in value,
  (value, context) => {
    const packed = PackedClock.validate(value, context)
    if (E.isLeft(packed)) return packed
    const [at, rank, sequence, item] = packed.right
    return t.success({ at, rank, sequence, item })
  },
  ({ at, rank, sequence, item }) => [at, rank, sequence, item]), { of: 'same', as: PackedClock })

export const sameClock = (a: Clock, b: Clock): boolean =>
  a.at === b.at && a.rank === b.rank && a.sequence === b.sequence && a.item === b.item
