import * as E from 'fp-ts/lib/Either.js'
import type { MikroORM } from '@mikro-orm/postgresql'
import { sql, type RawBuilder } from 'kysely'
import type { EventLog, LoggedFact, LogPage, Position } from '../../../application/ports/event-log.ts'
import { decodeFact } from '../../../schemas/events/stored-fact.ts'
import { attemptOwn } from './attempt.ts'
import { asFollower } from './in-role.ts'

interface LogRow {
  readonly epoch: number
  readonly xid: string
  readonly seq: string
  readonly recorded_at: number
  readonly company_id: string
  readonly kind: string
  readonly aggregate_id: string
  readonly aggregate_version: number
  readonly type: string
  readonly schema_version: number
  /** Null where the page ends with a kind that was not asked for. */
  readonly payload: string | null
  readonly trace_parent: string | null
}

const positionOf = ({ epoch, xid, seq }: LogRow): Position => ({ epoch, xid: Number(xid), seq: Number(seq) })

/** A fact that cannot be read stops its readers instead of being skipped. */
const eventOf = (row: LogRow, payload: string): unknown => {
  const event = decodeFact(row.kind, { type: row.type, schemaVersion: row.schema_version, payload: JSON.parse(payload) })
  if (E.isRight(event)) return event.right
  const { kind, factType, schemaVersion } = event.left
  throw new TypeError(`fact ${factType} version ${schemaVersion} of ${kind} cannot be read by this release`)
}

/** The kind's codec vouches for the event's type, which TypeScript cannot follow from a column. */
const factOf = (row: LogRow, payload: string): LoggedFact => ({
  position: positionOf(row), companyId: row.company_id, kind: row.kind, id: row.aggregate_id, version: row.aggregate_version,
  event: eventOf(row, payload), recordedAt: row.recorded_at, ...(row.trace_parent === null ? {} : { trace: row.trace_parent }),
}) as unknown as LoggedFact

const pageOf = (rows: ReadonlyArray<LogRow>): LogPage => {
  const last = rows.at(-1)
  const facts = rows.flatMap((row) => (row.payload === null ? [] : [factOf(row, row.payload)]))
  return last === undefined ? { facts } : { facts, through: { position: positionOf(last), recordedAt: last.recorded_at } }
}

/** Milliseconds since 1970; `extract` makes a numeric of it, which takes a microsecond a fact. */
const RECORDED_AT = sql`date_part('epoch', recorded_at) * 1000 as recorded_at`

const afterPosition = ({ epoch, xid, seq }: Position) =>
  sql`(epoch, xid, seq) > (${epoch}::integer, ${String(xid)}::xid8, ${seq}::bigint)`

/**
 * Below the oldest open transaction nothing can still appear (design 6; reliability M16). Of an earlier epoch everything has appeared:
 * the epoch rises while nobody writes, and the transactions of the cluster that was left say nothing about those of this one.
 */
const SETTLED = sql`(epoch < (select epoch from daisi.log_epoch) or xid < pg_snapshot_xmin(pg_current_snapshot()))`

/** The next facts, in order; whoever asks the same twice in a statement sees the same. */
const nextAfter = (columns: RawBuilder<unknown>, after: Position, limit: number): RawBuilder<unknown> =>
  sql`select ${columns} from daisi.event_log where ${afterPosition(after)} and ${SETTLED} order by epoch, xid, seq limit ${limit}`

/**
 * Of the next `limit` facts those of the asked kinds, and the last, which says how far the page goes: to read in Node what a projection
 * has no use for took a quarter of what it takes to project (measured, ADR 0019). The page ends before kinds are looked at, so that no
 * plan looks for a kind in the whole log.
 */
const pageAfter = (after: Position, kinds: ReadonlyArray<string>, limit: number): RawBuilder<LogRow> => sql<LogRow>`
  with last as materialized (select * from (${nextAfter(sql`epoch, xid, seq`, after, limit)}) as keys
    order by epoch desc, xid desc, seq desc limit 1)
  select epoch, xid, seq, ${RECORDED_AT}, company_id, kind, aggregate_id, aggregate_version, type, schema_version,
    case when kind = any(${[...kinds]}::text[]) then payload::text end as payload, trace_parent
  from (${nextAfter(sql`*`, after, limit)}) as page
  where kind = any(${[...kinds]}::text[]) or (epoch, xid, seq) = (select epoch, xid, seq from last) order by epoch, xid, seq`

export const postgresEventLog = (orm: MikroORM): EventLog => ({
  read: (after, kinds, limit) => attemptOwn(() => asFollower(orm, async (tx) => {
    const { rows } = await pageAfter(after, kinds, limit).execute(tx)
    return pageOf(rows)
  })),
  oldestAfter: (after) => attemptOwn(() => asFollower(orm, async (tx) => {
    const { rows } = await sql<Pick<LogRow, 'recorded_at'>>`select ${RECORDED_AT} from daisi.event_log
      where ${afterPosition(after)} order by epoch, xid, seq limit 1`.execute(tx)
    return rows[0]?.recorded_at
  })),
})
