import { setTimeout as sleep } from 'node:timers/promises'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import pg from 'pg'
import type { EmbeddedServer } from '../../../adapters/main/embedded/embedded-server.ts'
import { startNats } from '../../../adapters/main/embedded/nats-server.ts'
import { obtainNatsServer } from '../../../adapters/main/embedded/obtain-nats-server.ts'
import { startPostgres } from '../../../adapters/main/embedded/postgres.ts'
import { keep, type Exit, type Kept, type Run } from './kept.ts'

/** A server that comes back on the same port with the same data. */
export interface KeptServer extends Kept { readonly url: string }

const LOOK_EVERY_MS = 15
const PROBE_WITHIN_MS = 1_000
const PROBE_EVERY_MS = 50

const exists = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const untilGone = async ({ pid, stop }: EmbeddedServer): Promise<string> => {
  while (exists(pid)) await sleep(LOOK_EVERY_MS)
  await stop()
  return 'gone'
}

const untilAnswers = (server: EmbeddedServer, ask: (url: string) => Promise<void>) => async (): Promise<void> => {
  while (!await ask(server.url).then(() => true, () => false)) {
    if (!exists(server.pid)) throw new Error('the server ended before it answered')
    await sleep(PROBE_EVERY_MS)
  }
}

const askPostgres = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PROBE_WITHIN_MS, query_timeout: PROBE_WITHIN_MS })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
  } finally {
    await client.end().catch(() => undefined)
  }
}

const askNats = async (url: string): Promise<void> => {
  const connection = await connect({ servers: url, timeout: PROBE_WITHIN_MS, reconnect: false })
  try {
    await (await jetstreamManager(connection, { timeout: PROBE_WITHIN_MS })).getAccountInfo()
  } finally {
    await connection.close()
  }
}

const runOf = (server: EmbeddedServer, ask: (url: string) => Promise<void>): Run =>
  ({ pid: server.pid, ended: untilGone(server), untilReady: untilAnswers(server, ask), log: () => '' })

export interface ServerPlace { readonly folder: string; readonly port: number; readonly onExit: (exit: Exit) => void }

/** With `sync_interval: always` unless it is to lose (reliability M1 to M3). */
export const keepNats = ({ folder, port, onExit }: ServerPlace, syncInterval: 'always' | 'default' = 'always'): KeptServer => {
  const binary = obtainNatsServer()
  const launch = async (): Promise<Run> => runOf(await startNats(binary.path, { storeDir: folder, port, syncInterval }), askNats)
  return { ...keep('nats', launch, onExit), url: `nats://127.0.0.1:${port}` }
}

/** With durable settings unless `settings` say otherwise. */
export const keepPostgres = ({ folder, port, onExit }: ServerPlace, settings: Readonly<Record<string, string>> = {}): KeptServer => {
  const launch = async (): Promise<Run> => runOf(await startPostgres({ dataDir: folder, port, settings }), askPostgres)
  return { ...keep('postgres', launch, onExit), url: `postgres://owner@127.0.0.1:${port}/postgres` }
}
