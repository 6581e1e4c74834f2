import { join } from 'node:path'
import type { Settings } from '../settings.ts'
import type { Stoppable } from '../shutdown.ts'
import { startNats } from './nats-server.ts'
import { obtainNatsServer } from './obtain-nats-server.ts'
import { startPostgres } from './postgres.ts'

/** Settings in which both servers have an address. */
export type ServedSettings = Settings & { readonly natsUrl: string; readonly databaseUrl: string }

export interface Servers extends Stoppable { readonly settings: ServedSettings }

/** Starts an embedded server for each URL that is not set, and says in one line each what was taken. */
export const withServers = async (settings: Settings, out: NodeJS.WritableStream): Promise<Servers> => {
  const running: Stoppable[] = []
  const stop = async (): Promise<void> => { for (const server of running.reverse()) await server.stop() }
  const say = (note: string): void => { out.write(`${note}\n`) }
  try {
    let { natsUrl, databaseUrl } = settings
    if (databaseUrl === undefined) {
      const postgres = await startPostgres({ dataDir: settings.dataDir })
      running.push(postgres)
      databaseUrl = postgres.url
      say(`${postgres.note}: ${postgres.url}`)
    }
    if (natsUrl === undefined) {
      const binary = obtainNatsServer()
      const nats = await startNats(binary.path, { storeDir: join(settings.dataDir, 'nats'), syncInterval: 'always' })
      running.push(nats)
      natsUrl = nats.url
      say(`${nats.note}, binary from ${binary.from}: ${nats.url}`)
    }
    return { settings: { ...settings, natsUrl, databaseUrl }, stop }
  } catch (cause) {
    await stop()
    throw cause
  }
}
