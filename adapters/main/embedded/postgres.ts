import { spawnSync } from 'node:child_process'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { asUser, bareEnvironment, startChild } from './child-server.ts'
import type { EmbeddedServer } from './embedded-server.ts'
import { freePort } from './free-port.ts'
import { awaitFreeData } from './postgres-lock.ts'
import { postgresPlace, type PostgresPlace } from './postgres-place.ts'
import { untilReady } from './until-ready.ts'

export interface PostgresOptions {
  /** Parent of the data directory; made when missing, moved where the service user cannot reach it. */
  readonly dataDir: string
  /** Chosen by the kernel when left out. */
  readonly port?: number
  /** Server settings, before ours. */
  readonly settings?: Readonly<Record<string, string>>
  /** For tests: nothing is forced to disk, a power cut may lose the data. */
  readonly fast?: boolean
}

/** `backend_flush_after`: what is evicted goes to disk soon; else Linux does it every 30 s in one go, and commits wait (ADR 0013). */
const DEFAULTS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '100',
  shared_buffers: '256MB', max_wal_size: '4GB', jit: 'off', backend_flush_after: '1MB',
}
const FAST: Readonly<Record<string, string>> = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
const LOCALE = ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C.UTF-8']

/** Makes the cluster, whole or not at all; a superuser `owner` without a password, reachable from this machine only. */
const initialise = ({ native, data, user }: PostgresPlace, fast: boolean): void => {
  if (existsSync(join(data, 'PG_VERSION'))) return
  const part = `${data}.part`
  rmSync(part, { recursive: true, force: true })
  const made = spawnSync('setpriv', [...asUser(user), join(native, 'bin/initdb'), '-D', part, '-U', 'owner', '-A', 'trust', ...LOCALE,
    ...(fast ? ['--no-sync'] : [])], { env: bareEnvironment(), encoding: 'utf8', cwd: '/' })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)
  renameSync(part, data)
}

const noteOf = ({ data, moved }: PostgresPlace, wanted: string): string =>
  `PostgreSQL 18, data in ${data}${moved ? ` (its service user cannot reach ${wanted})` : ''}`

/**
 * A real PostgreSQL 18 as our child, as root too: data survive restarts and hard kills, it stops with us and dies with us.
 * @throws with the server's log when it does not start; naming the URLs to set where there is none for this platform.
 */
export const startPostgres = async ({ dataDir, port: wanted, settings, fast = false }: PostgresOptions): Promise<EmbeddedServer> => {
  const place = await postgresPlace(dataDir)
  await awaitFreeData(place.data)
  initialise(place, fast)
  const port = wanted ?? (await freePort())
  const options = Object.entries({ ...DEFAULTS, ...(fast ? FAST : {}), ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = startChild({ command: join(place.native, 'bin/postgres'), user: place.user, endSignal: 'INT',
    args: ['-D', place.data, '-p', String(port), ...options] })
  await untilReady('PostgreSQL', child, async () => child.log().includes('ready to accept connections') || undefined)
  return { url: `postgres://owner@127.0.0.1:${port}/postgres`, note: noteOf(place, dataDir), pid: child.pid, stop: child.stop }
}
