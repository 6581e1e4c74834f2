import { migrate } from '../outbound/postgres/migrate.ts'
import { withServers } from './embedded/servers.ts'
import type { Settings } from './settings.ts'

/** Brings the schema up to this release, of the embedded server where no URL is set; answers what was applied. */
export const runMigrations = async (wanted: Settings, out: NodeJS.WritableStream): Promise<ReadonlyArray<string>> => {
  const given = wanted.migrationDatabaseUrl ?? wanted.databaseUrl
  if (given !== undefined) return migrate(given)
  const { settings, stop } = await withServers(wanted, out)
  try {
    return await migrate(settings.databaseUrl)
  } finally {
    await stop()
  }
}
