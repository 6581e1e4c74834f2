import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startNats, type EmbeddedNats } from '../../adapters/main/embedded/nats-server.ts'
import { obtainNatsServer } from '../../adapters/main/embedded/obtain-nats-server.ts'
import { startPostgres } from '../../adapters/main/embedded/postgres.ts'
import { needDisk } from './frame/disk.ts'
import { closedAtEnd, endEarly } from './frame/ending.ts'
import { recycleWal, walSettings } from './recycled-wal.ts'

export interface BenchServers {
  readonly databaseUrl: string
  readonly natsUrl: string
  /** The broker's own figures, http. */
  readonly monitorUrl: string
  readonly postgresPid: number
  readonly natsPid: number
  /** Another broker with nothing in it: one that has held five thousand companies is not as small as it was. */
  readonly freshBroker: () => Promise<EmbeddedNats>
  readonly stop: () => Promise<void>
}

/** What a run needs of its servers. */
export interface Needs {
  /** At most: databases of its rounds, write-ahead log, streams. */
  readonly diskBytes: number
  /** Write-ahead log that is there already, MB: what its rounds write until a checkpoint. */
  readonly walMb: number
  readonly sharedBuffers: string
}

/** Sized for a machine that does little else; the limits are measured with the same. */
const USUAL: Needs = { diskBytes: 12e9, walMb: 3_072, sharedBuffers: '1GB' }
const ALL_MAY_ENTER = 0o755
const LOOK_EVERY_MS = 200

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

interface Running { readonly stop: () => Promise<void> }

/** A server that dies ends the benchmark. */
const watch = (pids: Readonly<Record<string, number>>): Running => {
  const timer = setInterval(() => {
    for (const [name, pid] of Object.entries(pids)) if (!isAlive(pid)) void endEarly(`${name} has died`, 1)
  }, LOOK_EVERY_MS)
  return { stop: async () => { clearInterval(timer) } }
}

/**
 * Real servers, PostgreSQL with durable settings and the broker as it comes, in a folder that goes with them; ended also when the benchmark
 * ends early.
 */
export const benchServers = async (needs: Partial<Needs> = {}): Promise<BenchServers> => {
  const { diskBytes, walMb, sharedBuffers } = { ...USUAL, ...needs }
  await needDisk(tmpdir(), diskBytes)
  const folder = mkdtempSync(join(tmpdir(), 'daisi-bench-'))
  chmodSync(folder, ALL_MAY_ENTER)
  const running: Running[] = []
  const stop = closedAtEnd(async () => {
    for (const server of running.reverse()) await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const postgres = await startPostgres({ dataDir: folder, settings: { shared_buffers: sharedBuffers, ...walSettings(walMb) } })
  running.push(postgres)
  await recycleWal(postgres.url, walMb)
  const binary = obtainNatsServer().path
  const nats = await startNats(binary, { storeDir: join(folder, 'nats') })
  running.push(nats)
  running.push(watch({ PostgreSQL: postgres.pid, 'nats-server': nats.pid }))
  return { databaseUrl: postgres.url, natsUrl: nats.url, monitorUrl: nats.monitorUrl, postgresPid: postgres.pid, natsPid: nats.pid,
    freshBroker: () => startNats(binary, { storeDir: mkdtempSync(join(folder, 'nats-')) }), stop: async () => { await stop() } }
}
