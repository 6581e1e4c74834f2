import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'

/** Whether PostgreSQL answers. */
export const answers = async (orm: MikroORM): Promise<boolean> => {
  await sql`select 1`.execute(orm.em.fork().getKysely<unknown>())
  return true
}
