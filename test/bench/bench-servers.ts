import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startNats, type EmbeddedNats } from '../../adapters/main/embedded/nats-server.ts'
import { obtainNatsServer } from '../../adapters/main/embedded/obtain-nats-server.ts'
import { startPostgres } from '../../adapters/main/embedded/postgres.ts'

export interface BenchServers {
  readonly databaseUrl: string
  readonly natsUrl: string
  /** A broker of its own, with nothing in it: one that has held five thousand companies is not as small as it was. */
  readonly freshBroker: () => Promise<EmbeddedNats>
  readonly stop: () => Promise<void>
}

/** Real servers; PostgreSQL with durable settings, the broker as it comes. Ended also when the benchmark is interrupted. */
export const benchServers = async (): Promise<BenchServers> => {
  const folder = mkdtempSync(join(tmpdir(), 'daisi-bench-'))
  const postgres = await startPostgres({ dataDir: folder })
  const binary = obtainNatsServer().path
  const nats = await startNats(binary, { storeDir: join(folder, 'nats') })
  const stop = async (): Promise<void> => {
    await nats.stop()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      process.stderr.write('interrupted; no result\n')
      void stop().finally(() => { process.exit(130) })
    })
  }
  return { databaseUrl: postgres.url, natsUrl: nats.url, stop,
    freshBroker: () => startNats(binary, { storeDir: mkdtempSync(join(folder, 'nats-')) }) }
}
