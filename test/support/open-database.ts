import type { MikroORM } from '@mikro-orm/postgresql'
import { migrate } from '../../adapters/outbound/postgres/migrate.ts'
import { openOrm } from '../../adapters/outbound/postgres/orm.ts'
import { freshDatabase } from './fresh-database.ts'

export interface OpenDatabase {
  readonly url: string
  readonly orm: MikroORM
  readonly close: () => Promise<void>
}

const POOL_SIZE = 6

/** A database of its own with all migrations applied. */
export const openDatabase = async (): Promise<OpenDatabase> => {
  const { url, drop } = await freshDatabase()
  await migrate(url)
  const orm = await openOrm({ url, poolSize: POOL_SIZE, name: 'daisi-test' })
  return { url, orm, close: async () => {
    await orm.close()
    await drop()
  } }
}
