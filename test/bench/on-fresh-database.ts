import { freshDatabase } from './bench-ingest.ts'
import type { BenchServers } from './bench-servers.ts'
import { queried } from './queried.ts'

/** An empty database of the schema for as long as `work` takes: one that stays is vacuumed while later rounds are measured. */
export const onFreshDatabase = async <A>(
  { databaseUrl: serverUrl }: Pick<BenchServers, 'databaseUrl'>, work: (databaseUrl: string) => Promise<A>,
): Promise<A> => {
  const databaseUrl = await freshDatabase(serverUrl)
  const measured = await work(databaseUrl)
  await queried(serverUrl, `drop database ${new URL(databaseUrl).pathname.slice(1)} with (force)`)
  return measured
}
