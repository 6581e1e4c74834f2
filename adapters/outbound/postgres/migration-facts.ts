import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { migrations } from '../../../migrations/migrations.ts'

/** Migrations of this release that are not applied, and applied ones that this release does not know. */
export interface MigrationFacts { readonly pending: ReadonlyArray<string>; readonly unknown: ReadonlyArray<string> }

/** Reads only; the migrator's own question makes its table where there is none. */
export const migrationFacts = async (orm: MikroORM): Promise<MigrationFacts> => {
  const db = orm.em.fork().getKysely<unknown>()
  const { rows: [table] } = await sql<{ readonly exists: boolean }>`select to_regclass('daisi_migrations') is not null as exists`.execute(db)
  const applied = table?.exists === true ? (await sql<{ readonly name: string }>`select name from daisi_migrations order by id`.execute(db)).rows : []
  const [known, done] = [migrations.map(({ name }) => name), applied.map(({ name }) => name)]
  return { pending: known.filter((name) => !done.includes(name)), unknown: done.filter((name) => !known.includes(name)) }
}
