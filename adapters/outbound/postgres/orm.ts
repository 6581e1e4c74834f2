import { Migrator } from '@mikro-orm/migrations'
import { MikroORM } from '@mikro-orm/postgresql'
import { migrations } from '../../../migrations/migrations.ts'

/** Client-side limits: a frozen server answers nothing, and its own timeouts are frozen with it (measured, reliability M14). */
const CONNECT_TIMEOUT_MS = 3_000
const QUERY_TIMEOUT_MS = 62_000
const IDLE_TIMEOUT_MS = 30_000

export interface DatabaseOptions {
  readonly url: string
  /** Most connections of this process. */
  readonly poolSize: number
  /** Shown in `pg_stat_activity`. */
  readonly name: string
}

/**
 * MikroORM without entities: it gives the pool, transactions and migrations; rows pass set-based through kysely
 * (style guide 4: the unit of work reaches a third of that).
 */
export const openOrm = ({ url, poolSize, name }: DatabaseOptions): Promise<MikroORM> => MikroORM.init({
  clientUrl: url, entities: [], discovery: { warnWhenNoEntities: false }, extensions: [Migrator], debug: false, logger: () => undefined,
  pool: { min: 0, max: poolSize },
  driverOptions: {
    application_name: name, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, query_timeout: QUERY_TIMEOUT_MS, idleTimeoutMillis: IDLE_TIMEOUT_MS,
    keepAlive: true, maxLifetimeSeconds: 1_800,
  },
  migrations: { migrationsList: migrations, snapshot: false, tableName: 'daisi_migrations', allOrNothing: true, silent: true },
})
