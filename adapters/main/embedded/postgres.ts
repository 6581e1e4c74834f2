import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { freePort } from './free-port.ts'
import { postgresBinaries } from './postgres-binaries.ts'
import { reachableByAll, reachablePlace, serviceUser, type Account } from './service-user.ts'

export interface EmbeddedServer { readonly url: string; readonly note: string; readonly stop: () => Promise<void>; readonly pid: number }

export interface PostgresOptions {
  /** Parent of the data directory; relocated where the service user cannot reach it. */
  readonly dataDir: string
  readonly port?: number
  /** Server settings beside the defaults. */
  readonly settings?: Readonly<Record<string, string>>
}

const DEFAULTS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '100', shared_buffers: '256MB', max_wal_size: '4GB', jit: 'off',
}
const READY_WITHIN_MS = 30_000
const MOST_LOG = 20_000

interface Place { readonly native: string; readonly data: string; readonly user: Account | undefined }

const dropped = (user: Account | undefined): ReadonlyArray<string> =>
  (user === undefined ? [] : ['--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups'])

const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' })

/** Makes the cluster once; a user `owner` without a password, reachable from this machine only. */
const initialise = ({ native, data, user }: Place): void => {
  if (existsSync(join(data, 'PG_VERSION'))) return
  const made = spawnSync('setpriv', [...dropped(user), join(native, 'bin/initdb'), '-D', data, '-U', 'owner', '-A', 'trust', '-E', 'UTF8',
    '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C.UTF-8'], { env: environment(), encoding: 'utf8', cwd: '/' })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
}

const ready = (child: ChildProcess): Promise<void> => {
  const { promise, resolve: resolved, reject } = Promise.withResolvers<void>()
  let log = ''
  const timer = setTimeout(() => { reject(new Error(`PostgreSQL is not ready: ${log}`)) }, READY_WITHIN_MS)
  child.stderr?.on('data', (chunk: Buffer) => {
    if (log.length < MOST_LOG) log += chunk.toString()
    if (log.includes('ready to accept connections')) resolved()
  })
  child.once('exit', (code) => { reject(new Error(`PostgreSQL exited with ${String(code)}: ${log}`)) })
  return promise.finally(() => { clearTimeout(timer) })
}

/** Where data and binaries go; as root in a private clone, a folder beside it that the service user can reach. */
const placeOf = async (dataDir: string): Promise<Place> => {
  const user = serviceUser()
  mkdirSync(dataDir, { recursive: true })
  const outside = reachablePlace(dataDir)
  const folder = user === undefined || reachableByAll(resolve(dataDir)) ? resolve(dataDir) : outside
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const base = join(folder, 'postgres')
  mkdirSync(base, { recursive: true })
  if (user !== undefined) chownSync(base, user.uid, user.gid)
  return { user, native: await postgresBinaries(user, outside), data: join(base, 'data') }
}

/** A real PostgreSQL 18 as a child: data survive restarts, it stops with us and dies with us. */
export const startPostgres = async ({ dataDir, port: wanted, settings }: PostgresOptions): Promise<EmbeddedServer> => {
  const place = await placeOf(dataDir)
  initialise(place)
  const port = wanted ?? (await freePort())
  const options = Object.entries({ ...DEFAULTS, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn('setpriv', [...dropped(place.user), '--pdeathsig', 'INT', join(place.native, 'bin/postgres'), '-D', place.data, '-p', String(port), ...options],
    { env: environment(), stdio: ['ignore', 'ignore', 'pipe'], cwd: '/' })
  const exited = once(child, 'exit')
  await ready(child)
  return { url: `postgres://owner@127.0.0.1:${port}/postgres`, note: `PostgreSQL 18, data in ${place.data}`, pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGINT')
      await exited
    } }
}
