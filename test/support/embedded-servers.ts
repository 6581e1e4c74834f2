import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startNats } from '../../adapters/main/embedded/nats-server.ts'
import { obtainNatsServer } from '../../adapters/main/embedded/obtain-nats-server.ts'
import { startPostgres } from '../../adapters/main/embedded/postgres.ts'
import { TEST_CONNECTIONS, type TestServers } from './test-servers.ts'

/** A folder that PostgreSQL's service user can enter too. */
export const openFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'daisi-test-'))
  chmodSync(folder, 0o755)
  return folder
}

/** Both servers as children, with new data that are removed at the end. */
export const startEmbedded = async (): Promise<TestServers> => {
  const folder = openFolder()
  const binary = obtainNatsServer()
  const nats = await startNats(binary.path, { storeDir: join(folder, 'nats') })
  const postgres = await startPostgres({ dataDir: folder, fast: true, settings: { max_connections: String(TEST_CONNECTIONS) } })
  return {
    databaseUrl: postgres.url, natsUrl: nats.url, natsMonitorUrl: nats.monitorUrl,
    stop: async () => {
      await Promise.all([nats.stop(), postgres.stop()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
