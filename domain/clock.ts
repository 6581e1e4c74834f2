import { FUTURE_TOLERANCE_SECONDS, type EpochSeconds } from './time.ts'

/** History never beats realtime at the same time (design 5). */
export const HISTORY = 0
export const REALTIME = 1
export type StreamRank = typeof HISTORY | typeof REALTIME

/** Where a stored message stands: the identity of an event (design 5). `item` is the index inside a history, else 0. */
export interface Arrival {
  readonly rank: StreamRank
  readonly sequence: number
  readonly item: number
}

/** An arrival together with the broker's time of storage, which travels with the event, into dead letters too. */
export interface Observation extends Arrival {
  readonly publishedAt: EpochSeconds
}

/** The total order in which writers of one field are compared, whatever the order they are processed in. */
export interface Clock extends Arrival {
  /** The event's own time, at most 48 h ahead of the broker's; the broker's where the event has none. */
  readonly at: EpochSeconds
}

/** The clock of a field that `seen` wrote; a far-future `eventTime` is clamped, so that it cannot freeze a field for years. */
export const clockOf = ({ publishedAt, rank, sequence, item }: Observation, eventTime?: EpochSeconds): Clock => {
  const latest = publishedAt + FUTURE_TOLERANCE_SECONDS
  return { at: (eventTime === undefined ? publishedAt : Math.min(eventTime, latest)) as EpochSeconds, rank, sequence, item }
}

/** Order of storage in the broker, blind to event times: the clock of unread counts (design 5). */
export const compareArrivals = (a: Arrival, b: Arrival): number =>
  a.rank - b.rank || a.sequence - b.sequence || a.item - b.item

export const compareClocks = (a: Clock, b: Clock): number => a.at - b.at || compareArrivals(a, b)

export const isAfter = (a: Clock, b: Clock): boolean => compareClocks(a, b) > 0
