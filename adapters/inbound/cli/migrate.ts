import { Command } from 'commander'
import { runMigrations } from '../../main/migrate.ts'
import { usesOf } from '../../main/uses.ts'
import { settingsOrExit } from './read-settings.ts'

/** `daisi migrate`: brings the schema up to this release; running it again does nothing. */
export const migrateCommand = (): Command => new Command('migrate')
  .description('bring the database up to this release (safe to repeat, safe to run twice at once)')
  .action(async () => {
    const applied = await runMigrations(settingsOrExit(usesOf.migrate), process.stderr)
    process.stdout.write(applied.length === 0 ? 'the schema is up to date\n' : `applied: ${applied.join(', ')}\n`)
  })
