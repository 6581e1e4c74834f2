import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'

/** A transaction that is open, of any database of the server: all of them hold the log back (reliability M18). */
export interface OpenTransaction {
  readonly pid: number
  readonly database: string
  readonly application: string
  /** It has a transaction id: no reader of the log gets past it. */
  readonly writes: boolean
  readonly idle: boolean
  /** Null where this login may not see other logins' sessions. */
  readonly ageSeconds: number | null
}

/** Of clients other than us. `pg_locks` also shows the writers among the sessions that this login may not see. */
export const openTransactions = async (orm: MikroORM): Promise<ReadonlyArray<OpenTransaction>> =>
  (await sql<OpenTransaction>`select a.pid, coalesce(a.datname, '') as database, coalesce(a.application_name, '') as application,
      w.pid is not null as writes, coalesce(a.state like 'idle in transaction%', false) as idle,
      extract(epoch from clock_timestamp() - a.xact_start)::float8 as "ageSeconds"
    from pg_stat_activity a left join (select distinct pid from pg_locks
      where locktype = 'transactionid' and mode = 'ExclusiveLock' and granted) w on w.pid = a.pid
    where a.pid <> pg_backend_pid() and (w.pid is not null or (a.backend_type = 'client backend' and a.xact_start is not null))
    order by a.xact_start`.execute(orm.em.fork().getKysely<unknown>())).rows

/** A transaction that waits for `commit prepared`, for good if nobody gives it; it too holds the log back. */
export interface PreparedTransaction { readonly gid: string; readonly database: string; readonly ageSeconds: number }

export const preparedTransactions = async (orm: MikroORM): Promise<ReadonlyArray<PreparedTransaction>> =>
  (await sql<PreparedTransaction>`select gid, database, extract(epoch from clock_timestamp() - prepared)::float8 as "ageSeconds"
    from pg_prepared_xacts order by prepared`.execute(orm.em.fork().getKysely<unknown>())).rows
