import type { MikroORM } from '@mikro-orm/postgresql'
import { migrations } from '../../../migrations/migrations.ts'
import { appliedMigrations } from './schema-state.ts'

/** Migrations of this release that are not applied, and applied ones that this release does not know. */
export interface MigrationFacts { readonly pending: ReadonlyArray<string>; readonly unknown: ReadonlyArray<string> }

/** As an operator sees them; reads only. */
export const migrationFacts = async (orm: MikroORM): Promise<MigrationFacts> => {
  const [known, done] = [migrations.map(({ name }) => name), await appliedMigrations(orm, 'daisi_ops')]
  return { pending: known.filter((name) => !done.includes(name)), unknown: done.filter((name) => !known.includes(name)) }
}
