import { sql, type RawBuilder } from 'kysely'
import type { Page, PageRequest, Place } from '../../../application/ports/finder-page.ts'
import { present, type Nullable } from './finder-rows.ts'

/** The two sort columns of a list, which an index holds in this order after the company. */
export interface Keyset {
  readonly at: RawBuilder<unknown>
  readonly id: RawBuilder<unknown>
  /** A place as a row of both columns' types; whole seconds and text where it is left out. */
  readonly place?: (place: Place) => RawBuilder<unknown>
}

const secondsAndText = ({ at, id }: Place): RawBuilder<unknown> => sql`(${at}::bigint, ${id}::text)`

/** Of columns `timestamptz`, for lists whose places are microseconds: an interval is a whole number of them, so nothing is rounded. */
export const instant = (micros: number): RawBuilder<unknown> =>
  sql`('epoch'::timestamptz + ${micros}::bigint * interval '1 microsecond')`

/** Microseconds since 1970, exact in a double until the year 2255; null stays null. */
export const micros = (column: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(extract(epoch from ${column}) * 1000000)::float8`

/** To follow other conditions of a `where`; reads one row more than the page, to know whether the list goes on. */
export const keysetClauses = (
  { at, id, place = secondsAndText }: Keyset, { from, size, after, before }: PageRequest,
): RawBuilder<unknown> => {
  const direction = from === 'start' ? sql`desc` : sql`asc`
  return sql`${after === undefined ? sql`` : sql`and (${at}, ${id}) < ${place(after)}`}
    ${before === undefined ? sql`` : sql`and (${at}, ${id}) > ${place(before)}`}
    order by ${at} ${direction}, ${id} ${direction} limit ${size + 1}`
}

/** From the rows of a statement with `keysetClauses`, in the order it gave them. */
export const toPage = <View extends object>({ from, size }: PageRequest, rows: ReadonlyArray<Nullable<View>>): Page<View> => {
  const kept = rows.slice(0, size).map((row) => present<View>(row))
  return { rows: from === 'start' ? kept : kept.reverse(), more: rows.length > size }
}

/** `and <column> = <value>`, or nothing where the condition is absent. */
export const matching = (column: RawBuilder<unknown>, value: string | boolean | undefined): RawBuilder<unknown> =>
  (value === undefined ? sql`` : sql`and ${column} = ${value}`)
