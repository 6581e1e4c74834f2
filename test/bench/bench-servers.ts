import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startNats } from '../../adapters/main/embedded/nats-server.ts'
import { obtainNatsServer } from '../../adapters/main/embedded/obtain-nats-server.ts'
import { startPostgres } from '../../adapters/main/embedded/postgres.ts'

export interface BenchServers {
  readonly databaseUrl: string
  readonly natsUrl: string
  /** The broker's own figures, http. */
  readonly monitorUrl: string
  readonly stop: () => Promise<void>
}

/** Real servers with durable settings; ended also when the benchmark is interrupted. */
export const benchServers = async (): Promise<BenchServers> => {
  const folder = mkdtempSync(join(tmpdir(), 'daisi-bench-'))
  const postgres = await startPostgres({ dataDir: folder })
  const nats = await startNats(obtainNatsServer().path, { storeDir: join(folder, 'nats') })
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
  return { databaseUrl: postgres.url, natsUrl: nats.url, monitorUrl: nats.monitorUrl, stop }
}
