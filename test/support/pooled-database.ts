import { openOrm } from '../../adapters/outbound/postgres/orm.ts'
import { openDatabase, type OpenDatabase } from './open-database.ts'
import { startPgBouncer } from './pgbouncer.ts'

const CLIENTS = 6

export interface PooledDatabase extends OpenDatabase {
  /** The way through PgBouncer; `url` goes past it, `orm` through it. */
  readonly pooledUrl: string
  /** What PgBouncer has complained of. */
  readonly complaints: () => ReadonlyArray<string>
}

/** A database of its own behind a PgBouncer in transaction mode with so many connections to it. */
export const openPooledDatabase = async (poolSize: number): Promise<PooledDatabase> => {
  const database = await openDatabase()
  const bouncer = await startPgBouncer(database.url, poolSize)
  const orm = await openOrm({ url: bouncer.url, poolSize: CLIENTS, name: 'daisi-pooled' })
  const complaints = () => bouncer.log().split('\n').filter((line) => line.includes('WARNING') || line.includes('ERROR'))
  return { url: database.url, pooledUrl: bouncer.url, complaints, orm, close: async () => {
    await orm.close()
    await bouncer.stop()
    await database.close()
  } }
}
