import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'

/** What a PostgreSQL server says of itself. The settings are those of a session of this login. */
export interface ServerSurvey {
  /** As `server_version_num`: 180004. */
  readonly version: number
  readonly fsync: string
  readonly fullPageWrites: string
  readonly synchronousCommit: string
  readonly dataChecksums: string
  /** Connections that logins without privileges may have, all together, and those that are open. */
  readonly mostConnections: number
  readonly connections: number
}

export const serverSurvey = async (orm: MikroORM): Promise<ServerSurvey | undefined> => {
  const { rows } = await sql<ServerSurvey>`select current_setting('server_version_num')::integer as version,
      current_setting('fsync') as fsync, current_setting('full_page_writes') as "fullPageWrites",
      current_setting('synchronous_commit') as "synchronousCommit", current_setting('data_checksums') as "dataChecksums",
      current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer
        - coalesce(current_setting('reserved_connections', true)::integer, 0) as "mostConnections",
      (select count(*)::integer from pg_stat_activity where backend_type = 'client backend') as connections`
    .execute(orm.em.fork().getKysely<unknown>())
  return rows[0]
}
