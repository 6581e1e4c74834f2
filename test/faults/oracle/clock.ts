import type { Json, Observation } from './observation.ts'

/** Order in which writers of one field are compared (design 5): time, then stream, sequence, item. */
export interface Clock { readonly at: number; readonly rank: number; readonly sequence: number; readonly item: number }

/** Event times may run this far ahead of the broker's (design 5). */
const TOLERANCE_SECONDS = 48 * 3_600

export const clockAt = ({ publishedAt, rank, sequence, item }: Observation, eventTime?: number): Clock =>
  ({ at: eventTime === undefined ? publishedAt : Math.min(eventTime, publishedAt + TOLERANCE_SECONDS), rank, sequence, item })

type Place = Omit<Clock, 'at'>

export const comparePlaces = (a: Place, b: Place): number => a.rank - b.rank || a.sequence - b.sequence || a.item - b.item

export const compare = (a: Clock, b: Clock): number => a.at - b.at || comparePlaces(a, b)

/** What one event says of one field. */
export interface Said<T> { readonly value: T; readonly clock: Clock }

export const first = <T>(said: ReadonlyArray<Said<T>>): Said<T> | undefined =>
  said.reduce<Said<T> | undefined>((best, one) => (best === undefined || compare(one.clock, best.clock) < 0 ? one : best), undefined)

export const last = <T>(said: ReadonlyArray<Said<T>>): Said<T> | undefined =>
  said.reduce<Said<T> | undefined>((best, one) => (best === undefined || compare(one.clock, best.clock) > 0 ? one : best), undefined)

/** Absent, null and empty are the same (contract 2.1). */
export const given = (value: Json | undefined): Json | undefined => (value === null || value === '' ? undefined : value)

export const text = (value: Json | undefined): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** A positive time; 0 and below are absent (contract 2.6, D14). */
export const time = (value: Json | undefined): number | undefined => (typeof value === 'number' && value > 0 ? value : undefined)

/** The values that events give for a field, with their clocks. */
export const saidOf = <T>(
  events: ReadonlyArray<Observation>, clockOf: (event: Observation) => Clock, read: (event: Observation) => T | undefined,
): ReadonlyArray<Said<T>> => events.flatMap((event) => {
  const value = read(event)
  return value === undefined ? [] : [{ value, clock: clockOf(event) }]
})

export const groupBy = <T>(items: ReadonlyArray<T>, keyOf: (item: T) => string): ReadonlyMap<string, ReadonlyArray<T>> => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
