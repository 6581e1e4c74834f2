import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { asFollower } from './in-role.ts'

/**
 * For how long the log has been held back: the age of the oldest writing transaction of the whole server, where this login may see
 * it, else of the oldest committed fact that no reader may read yet (design 6; reliability M18). 0 when nothing is held back.
 */
export const watermarkAgeSeconds = (orm: MikroORM): Promise<number> => asFollower(orm, async (tx) => {
  const { rows: [row] } = await sql<{ readonly age: number }>`select greatest(0,
    (select extract(epoch from clock_timestamp() - min(xact_start)) from pg_stat_activity
      where backend_xid is not null and pid <> pg_backend_pid()),
    (select extract(epoch from clock_timestamp() - min(recorded_at)) from daisi.event_log
      where (epoch, xid) >= ((select epoch from daisi.log_epoch), pg_snapshot_xmin(pg_current_snapshot()))))::float8 as age`.execute(tx)
  return row?.age ?? 0
})
