import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'

/** Whether PostgreSQL answers and has the schema of this release. */
export const schemaIsReady = async (orm: MikroORM): Promise<boolean> => (await orm.migrator.getPending()).length === 0

export const answers = async (orm: MikroORM): Promise<boolean> => {
  await sql`select 1`.execute(orm.em.fork().getKysely<unknown>())
  return true
}
