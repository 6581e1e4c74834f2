import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { ORIGIN, type Position } from '../../../application/ports/event-log.ts'
import { asFollower, asOperatorOfAll } from './in-role.ts'
import { afterPosition, SETTLED, toPosition, type PositionRow } from './log-position.ts'

/** A fact, and the stored event that led to it. */
export interface CommittedFact { readonly stream: string; readonly sequence: number; readonly position: Position }

interface FactRow extends PositionRow { readonly stream: string; readonly sequence: string; readonly ours: boolean }

/** Where the log ends now; facts that are still being written come behind it. */
export const endOfLog = (orm: MikroORM): Promise<Position> => asFollower(orm, async (tx) => {
  const { rows: [row] } = await sql<PositionRow>`select epoch, xid, seq from daisi.event_log
    where ${SETTLED} order by epoch desc, xid desc, seq desc limit 1`.execute(tx)
  return row === undefined ? ORIGIN : toPosition(row)
})

export interface CommittedPage { readonly facts: ReadonlyArray<CommittedFact>; readonly through: Position; readonly more: boolean }

/** What followed `after`, without payloads: the facts of companies whose ids begin so, and how far was looked. */
export const committedAfter = (orm: MikroORM, after: Position, beginning: string, limit: number): Promise<CommittedPage> =>
  asFollower(orm, async (tx) => {
    const { rows } = await sql<FactRow>`select epoch, xid, seq, cause_stream as stream, cause_sequence as sequence,
        starts_with(company_id, ${beginning}) as ours
      from daisi.event_log where ${afterPosition(after)} and ${SETTLED}
      order by epoch, xid, seq limit ${limit}`.execute(tx)
    const last = rows.at(-1)
    return {
      facts: rows.filter(({ ours }) => ours)
        .map((row) => ({ stream: row.stream, sequence: Number(row.sequence), position: toPosition(row) })),
      through: last === undefined ? after : toPosition(last), more: rows.length === limit,
    }
  })

/** Up to where every one of these projections shows the log: the lowest of their checkpoints. */
export const shownUpTo = (orm: MikroORM, projections: ReadonlyArray<string>): Promise<Position> => asFollower(orm, async (tx) => {
  const { rows } = await sql<PositionRow>`select epoch, xid, seq from read.checkpoint where name = any(${[...projections]}::text[])
    order by epoch, xid, seq`.execute(tx)
  const [lowest] = rows
  return lowest === undefined || rows.length < projections.length ? ORIGIN : toPosition(lowest)
})

/** Failed events of companies whose ids begin so, by reason, that failed first since then; ms since 1970, by PostgreSQL's clock. */
export const failuresSince = (orm: MikroORM, sinceMs: number, beginning: string): Promise<ReadonlyMap<string, number>> =>
  asOperatorOfAll(orm, async (tx) => {
    const { rows } = await sql<{ readonly reason: string; readonly failures: number }>`select reason, count(*)::integer as failures
      from daisi.failed_events
      where starts_with(company_id, ${beginning}) and first_failed_at >= to_timestamp(${sinceMs}::float8 / 1000)
      group by reason order by reason`.execute(tx)
    return new Map(rows.map(({ reason, failures }) => [reason, failures]))
  })
