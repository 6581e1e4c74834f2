import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { RuntimeRole } from './runtime-role.ts'

/** What a process asks of a PostgreSQL server before it trusts it with data. */
export interface ServerFacts {
  /** `server_version_num`: 180004 is 18.4. */
  readonly version: number
  /** Names of settings that are off although a power cut would lose or tear what was committed. */
  readonly careless: ReadonlyArray<string>
  /** Which of the roles asked for exist. */
  readonly roles: ReadonlyArray<string>
}

const DURABLE = ['fsync', 'full_page_writes', 'synchronous_commit']

/** Rejects when the server does not answer. */
export const serverFacts = async (orm: MikroORM, roles: ReadonlyArray<RuntimeRole>): Promise<ServerFacts> => {
  const { rows: [row] } = await sql<ServerFacts>`select current_setting('server_version_num')::int as version,
    array(select name from pg_settings where name = any(${DURABLE}::text[]) and setting = 'off' order by name)::text[] as careless,
    array(select rolname from pg_roles where rolname = any(${[...roles]}::text[]))::text[] as roles`.execute(orm.em.fork().getKysely<unknown>())
  if (row === undefined) throw new TypeError('a select without from gave no row')
  return row
}

/** The server's clock, milliseconds since 1970. */
export const serverNowMs = async (orm: MikroORM): Promise<number> => {
  const { rows: [row] } = await sql<{ readonly now: number }>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now`
    .execute(orm.em.fork().getKysely<unknown>())
  return row?.now ?? Number.NaN
}
