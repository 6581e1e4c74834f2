import type { MikroORM } from '@mikro-orm/postgresql'
import { sql, type RawBuilder } from 'kysely'
import { asFollower, asOwner, asOwnerLooking, type Database } from '../in-role.ts'

/** The log as a cluster finds it that may not be the one which wrote it. */
export interface LogOrigin {
  readonly epoch: number
  /** Facts of this epoch whose transactions are still to come here: another cluster has written them. */
  readonly foreign: boolean
  /** Facts that this cluster has already written into the same epoch: they sort before what was written earlier. */
  readonly strays: number
}

const CURRENT = sql`(select epoch from daisi.log_epoch)`
/** No transaction that anybody sees has this number yet. */
const TO_COME = sql`pg_snapshot_xmax(pg_current_snapshot())`

/** The last of the foreign facts; null where there are none. Sequences are restored with the data, so what came later has a higher one. */
const LAST_FOREIGN = sql`(select max(seq) from daisi.event_log where epoch = ${CURRENT} and xid >= ${TO_COME})`

const isStray = (lastForeign: RawBuilder<unknown>): RawBuilder<unknown> => sql`epoch = ${CURRENT} and xid < ${TO_COME} and seq > ${lastForeign}`

const originOf = async (tx: Database): Promise<LogOrigin> => {
  const { rows: [row] } = await sql<LogOrigin>`select ${CURRENT} as epoch, last.seq is not null as foreign,
      (select count(*)::integer from daisi.event_log where ${isStray(sql`last.seq`)}) as strays
    from (select ${LAST_FOREIGN} as seq) as last`.execute(tx)
  if (row === undefined) throw new TypeError('a select without a table gave no row')
  return row
}

export const logOrigin = (orm: MikroORM): Promise<LogOrigin> => asOwnerLooking(orm, originOf)

/** As a process of the service may ask; one look into an index. */
export const isForeign = (orm: MikroORM): Promise<boolean> => asFollower(orm, async (tx) => {
  const { rows: [last] } = await sql<{ readonly foreign: boolean }>`select xid >= ${TO_COME} as foreign from daisi.event_log
    where epoch = ${CURRENT} order by xid desc, seq desc limit 1`.execute(tx)
  return last?.foreign === true
})

/**
 * Raises the epoch if another cluster has written the log, and puts what was written here meanwhile into the new one. While nobody writes:
 * a fact of the old epoch that appeared later would be skipped by all readers. Answers what was found.
 */
export const raiseEpoch = (orm: MikroORM): Promise<LogOrigin> => asOwner(orm, async (tx) => {
  await sql`lock table daisi.event_log in share row exclusive mode`.execute(tx)
  const found = await originOf(tx)
  if (!found.foreign) return found
  await sql`update daisi.event_log set epoch = ${CURRENT} + 1 where ${isStray(LAST_FOREIGN)}`.execute(tx)
  await sql`update daisi.log_epoch set epoch = epoch + 1`.execute(tx)
  return found
})
