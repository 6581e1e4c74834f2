import * as E from 'fp-ts/lib/Either.js'
import type { MikroORM } from '@mikro-orm/postgresql'
import { sql, type RawBuilder } from 'kysely'
import type { EventLog, LoggedFact, LogPage, Position } from '../../../application/ports/event-log.ts'
import { decodeFact } from '../../../schemas/events/stored-fact.ts'
import { attemptOwn } from './attempt.ts'
import { followerEntry } from './in-role.ts'
import { afterPosition, SETTLED, toPosition, type PositionRow } from './log-position.ts'
import { readOnce } from './read-transaction.ts'

interface LogRow extends PositionRow {
  readonly recorded_at: number
  readonly company_id: string
  readonly kind: string
  readonly aggregate_id: string
  readonly aggregate_version: number
  readonly type: string
  readonly schema_version: number
  /** Null where the page ends with a fact that was not asked for. */
  readonly payload: string | null
  readonly trace_parent: string | null
}

/** A fact that cannot be read stops its readers instead of being skipped. */
const eventOf = (row: LogRow, payload: string): unknown => {
  const event = decodeFact(row.kind, { type: row.type, schemaVersion: row.schema_version, payload: JSON.parse(payload) })
  if (E.isRight(event)) return event.right
  const { kind, factType, schemaVersion } = event.left
  throw new TypeError(`fact ${factType} version ${schemaVersion} of ${kind} cannot be read by this release`)
}

/** The kind's codec vouches for the event's type, which TypeScript cannot follow from a column. */
const factOf = (row: LogRow, payload: string): LoggedFact => ({
  position: toPosition(row), companyId: row.company_id, kind: row.kind, id: row.aggregate_id, version: row.aggregate_version,
  event: eventOf(row, payload), recordedAt: row.recorded_at, ...(row.trace_parent === null ? {} : { trace: row.trace_parent }),
}) as unknown as LoggedFact

const pageOf = (rows: ReadonlyArray<LogRow>): LogPage => {
  const last = rows.at(-1)
  const facts = rows.flatMap((row) => (row.payload === null ? [] : [factOf(row, row.payload)]))
  return last === undefined ? { facts } : { facts, through: { position: toPosition(last), recordedAt: last.recorded_at } }
}

/** Payloads of a page, as text; the last may go beyond it. An event may be a megabyte, and a page has thousands. */
const MOST_BYTES = 67_108_864
/** Bytes that PostgreSQL's compression, pglz, stores in one at most: 3 bytes and a bit stand for 273. */
const MOST_COMPRESSED = 88
/** More would not fit into an `integer` when it is multiplied; a fact of that size fills a page by itself. */
const MOST_COUNTED = 20_000_000

/** The most that a payload can be as text, told by how it is stored; it is not looked at itself. An `integer`, whose sum is cheap. */
const bytesOf = (isAsked: RawBuilder<unknown>): RawBuilder<unknown> => sql`case when not ${isAsked} then 0
  when pg_column_compression(payload) is null then pg_column_size(payload)
  else least(pg_column_size(payload), ${sql.lit(MOST_COUNTED)}) * ${sql.lit(MOST_COMPRESSED)} end`

/** Milliseconds since 1970; `extract` makes a numeric of it, which takes a microsecond a fact. */
const RECORDED_AT = sql`date_part('epoch', recorded_at) * 1000 as recorded_at`

interface Page {
  readonly after: Position
  readonly kinds: ReadonlyArray<string>
  readonly types: ReadonlyArray<string> | undefined
  readonly limit: number
  readonly mostBytes: number
}

const isAskedFor = ({ kinds, types }: Page): RawBuilder<unknown> => (types === undefined
  ? sql`(kind = any(${[...kinds]}::text[]))`
  : sql`(kind = any(${[...kinds]}::text[]) and type = any(${[...types]}::text[]))`)

/** The next facts, in order; whoever asks the same twice in a statement sees the same. */
const nextAfter = (columns: RawBuilder<unknown>, { after, limit }: Page): RawBuilder<unknown> =>
  sql`select ${columns} from daisi.event_log where ${afterPosition(after)} and ${SETTLED} order by epoch, xid, seq limit ${limit}`

/**
 * Of the next `limit` facts, or fewer where they are large, those that were asked for, and the last, which says how far the page goes: to
 * read in Node what a projection has no use for took a quarter of what it takes to project (measured, ADR 0019). Where the page ends is
 * found before kinds are looked at, so that no plan looks for a kind in the whole log.
 */
const pageOfRows = (page: Page): RawBuilder<LogRow> => {
  const isAsked = isAskedFor(page)
  const end = sql`(select epoch, xid, seq from page_end)`
  return sql<LogRow>`with page_end as materialized (
      select epoch, xid, seq from (
        select epoch, xid, seq, sum(bytes) over (order by epoch, xid, seq rows between unbounded preceding and 1 preceding) as bytes_before
        from (${nextAfter(sql`epoch, xid, seq, ${bytesOf(isAsked)} as bytes`, page)}) as found) as counted
      where coalesce(bytes_before, 0) < ${page.mostBytes} order by epoch desc, xid desc, seq desc limit 1)
    select epoch, xid, seq, ${RECORDED_AT}, company_id, kind, aggregate_id, aggregate_version, type, schema_version,
      case when ${isAsked} then payload::text end as payload, trace_parent
    from (${nextAfter(sql`*`, page)}) as page
    where (epoch, xid, seq) <= ${end} and (${isAsked} or (epoch, xid, seq) = ${end}) order by epoch, xid, seq`
}

export const postgresEventLog = (orm: MikroORM, mostBytes = MOST_BYTES): EventLog => ({
  read: (after, kinds, limit, types) => attemptOwn(async () =>
    pageOf(await readOnce(orm, followerEntry, pageOfRows({ after, kinds, types, limit, mostBytes })))),
  oldestAfter: (after) => attemptOwn(async () => {
    const [oldest] = await readOnce(orm, followerEntry, sql<Pick<LogRow, 'recorded_at'>>`select ${RECORDED_AT} from daisi.event_log
      where ${afterPosition(after)} order by epoch, xid, seq limit 1`)
    return oldest?.recorded_at
  }),
})
