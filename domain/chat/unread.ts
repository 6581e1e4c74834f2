import { compareArrivals, type Arrival, type Observation } from '../clock.ts'
import { MOST_INCREMENTS, type Unread, type UnreadChange } from './chat.ts'

/** A chat of which no count is known: nobody has written yet, as far as we can tell. */
export const UNCOUNTED: Unread = { raised: [] }

/** Largest value of the column `unread_count` (PostgreSQL `integer`, contract 7.2). */
const INT32_MAX = 2_147_483_647

export const arrivalOf = ({ rank, sequence, item }: Observation): Arrival => ({ rank, sequence, item })

/** Whether a change that arrived at `at` says anything new: what the absolute count covers, or was raised already, does not. */
export const counts = ({ set, raised }: Unread, change: UnreadChange, at: Arrival): boolean => {
  if (set !== undefined && compareArrivals(at, set.at) <= 0) return false
  switch (change.type) {
    case 'set': return true
    case 'raise': return !raised.some((known) => compareArrivals(known, at) === 0)
  }
}

/** The increments that arrived before an absolute count are part of it. */
export const withSet = ({ raised }: Unread, count: number, at: Arrival): Unread =>
  ({ set: { count, at }, raised: raised.filter((later) => compareArrivals(later, at) > 0) })

/** More than `MOST_INCREMENTS`: the oldest becomes part of the absolute count, which then stands at its arrival. */
const folded = (unread: Unread): Unread => {
  const [oldest, ...later] = unread.raised
  if (oldest === undefined || later.length < MOST_INCREMENTS) return unread
  return { set: { count: (unread.set?.count ?? 0) + 1, at: oldest }, raised: later }
}

export const withRaised = (unread: Unread, at: Arrival): Unread => {
  const place = unread.raised.findLastIndex((earlier) => compareArrivals(earlier, at) < 0) + 1
  return folded({ ...unread, raised: [...unread.raised.slice(0, place), at, ...unread.raised.slice(place)] })
}

/** What the column says. */
export const shownUnread = ({ set, raised }: Unread): number =>
  Math.min(Math.max(set?.count ?? 0, 0) + raised.length, INT32_MAX)
