import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { migrations } from '../../../migrations/migrations.ts'
import { inTransaction } from './in-role.ts'
import type { RuntimeRole } from './runtime-role.ts'

/** How the database's schema and this release differ, counted in migrations. */
export interface SchemaState { readonly missing: number; readonly unknown: number }

/** No such table, no right to see it, no such role: the migration that makes it has not run. */
const NOT_YET = new Set(['42P01', '42501', '22023'])

/**
 * As a role, which a login has no rights without, and not with the migrator: that one would make its table where it is missing.
 * Nothing applied where the table cannot be seen; rejects when PostgreSQL does not answer.
 */
export const appliedMigrations = (orm: MikroORM, role: RuntimeRole): Promise<ReadonlyArray<string>> => inTransaction(orm, async (tx) => {
  await sql`select set_config('role', ${role}, true)`.execute(tx)
  return (await sql<{ readonly name: string }>`select name from daisi_migrations order by id`.execute(tx)).rows.map(({ name }) => name)
}).catch((cause: unknown): ReadonlyArray<string> => {
  if (cause instanceof Error && NOT_YET.has(String(Reflect.get(cause, 'code')))) return []
  throw cause
})

export const schemaState = async (orm: MikroORM, role: RuntimeRole): Promise<SchemaState> => {
  const applied = await appliedMigrations(orm, role)
  const known = migrations.map(({ name }) => name)
  const [missing, unknown] = [known.filter((name) => !applied.includes(name)), applied.filter((name) => !known.includes(name))]
  return { missing: missing.length, unknown: unknown.length }
}
