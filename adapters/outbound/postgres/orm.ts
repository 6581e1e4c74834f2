import { Migrator } from '@mikro-orm/migrations'
import { MikroORM, type Options } from '@mikro-orm/postgresql'
import type { Pool } from 'pg'
import { endWithItsStatement } from './ended-with.ts'
import { patientMigrations } from './patient-migrations.ts'

/** Client-side limits: a frozen server answers nothing, and its own timeouts are frozen with it (measured, reliability M14). */
const CONNECT_TIMEOUT_MS = 3_000
/** Two seconds above the longest statement that a role may run (in-role.ts). */
const QUERY_TIMEOUT_MS = 22_000
const IDLE_TIMEOUT_MS = 30_000

export interface DatabaseOptions {
  readonly url: string
  /** Most connections of this process. */
  readonly poolSize: number
  /** Shown in `pg_stat_activity`. */
  readonly name: string
  /** Client-side limit of one statement; 0 for none, which only migrations need. */
  readonly queryTimeoutMs?: number
}

/** MikroORM ends the pool only if kysely has used it; pipelined transactions pass kysely (pipelined-client.ts). */
const endingItsPool = (orm: MikroORM, pool: () => Pool | undefined): MikroORM => {
  const close = orm.close.bind(orm)
  return Object.assign(orm, { close: async (force?: boolean): Promise<void> => {
    await close(force)
    const left = pool()
    if (left?.ending === false) await left.end()
  } })
}

const optionsOf = ({ url, poolSize, name, queryTimeoutMs }: Required<DatabaseOptions>, onPoolCreated: (pool: Pool) => void): Options => ({
  // the first use of a connection would else ask whether its database exists, and a server that goes down then ends the process
  ensureDatabase: false,
  clientUrl: url, entities: [], discovery: { warnWhenNoEntities: false }, extensions: [Migrator], debug: false,
  logger: () => undefined,
  pool: { min: 0, max: poolSize },
  // MikroORM takes host, login and database from `clientUrl` and drops the rest, `sslmode` too; the driver reads all of it
  driverOptions: {
    connectionString: url, application_name: name, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, query_timeout: queryTimeoutMs,
    idleTimeoutMillis: IDLE_TIMEOUT_MS, keepAlive: true, maxLifetimeSeconds: 1_800, onPoolCreated, pipeline: true,
  },
  // a transaction each: what one has locked, readers too, is free before the next begins to wait or to rewrite
  migrations: { migrationsList: patientMigrations, snapshot: false, tableName: 'daisi_migrations', allOrNothing: false, silent: true },
})

/**
 * MikroORM without entities: it gives the pool, transactions and migrations; rows pass set-based through kysely
 * (style guide 4: the unit of work reaches a third of that). It listens for the pool's errors itself, so that a connection
 * the server drops never ends the process. `close()` on the result.
 */
export const openOrm = async ({ url, poolSize, name, queryTimeoutMs = QUERY_TIMEOUT_MS }: DatabaseOptions): Promise<MikroORM> => {
  let pool: Pool | undefined
  const onPoolCreated = (created: Pool): void => {
    pool = created
    created.on('connect', endWithItsStatement)
  }
  return endingItsPool(await MikroORM.init(optionsOf({ url, poolSize, name, queryTimeoutMs }, onPoolCreated)), () => pool)
}
