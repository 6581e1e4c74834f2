import { sql, type RawBuilder } from 'kysely'
import type { Key, PageRequest, Slice } from '../../../application/ports/reads.ts'

/** The columns of an order: time descending, then id descending. */
export interface Order { readonly at: RawBuilder<unknown>; readonly id: RawBuilder<unknown> }

const beyond = ({ at, id }: Order, { at: keyAt, id: keyId }: Key, older: boolean): RawBuilder<unknown> =>
  (older ? sql`(${at}, ${id}) < (${keyAt}::bigint, ${keyId}::text)` : sql`(${at}, ${id}) > (${keyAt}::bigint, ${keyId}::text)`)

/** Conditions of a page; `true` where there is none. */
export const within = (order: Order, { after, before }: PageRequest): RawBuilder<unknown> => sql`${sql.join([
  sql`true`, ...(after === undefined ? [] : [beyond(order, after, true)]), ...(before === undefined ? [] : [beyond(order, before, false)])], sql` and `)}`

/** One row more than asked tells whether there are any beyond. */
export const ordered = ({ at, id }: Order, { backward, limit }: PageRequest): RawBuilder<unknown> =>
  (backward ? sql`order by ${at}, ${id} limit ${limit + 1}` : sql`order by ${at} desc, ${id} desc limit ${limit + 1}`)

export const sliceOf = <Row>(found: ReadonlyArray<Row>, { limit, backward }: PageRequest): Slice<Row> => {
  const rows = found.slice(0, limit)
  return { rows: backward ? rows.reverse() : rows, hasMore: found.length > limit }
}

/** All of these hold; a criterion that was not given is left out. */
export const all = (conditions: ReadonlyArray<RawBuilder<unknown> | undefined>): RawBuilder<unknown> =>
  sql`${sql.join([sql`true`, ...conditions.filter((condition) => condition !== undefined)], sql` and `)}`
