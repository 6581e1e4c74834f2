import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startChild } from '../../adapters/main/embedded/child-server.ts'
import { freePort } from '../../adapters/main/embedded/free-port.ts'
import { projectRoot } from '../../adapters/main/embedded/project-root.ts'
import { serviceUser } from '../../adapters/main/embedded/service-user.ts'
import { untilReady } from '../../adapters/main/embedded/until-ready.ts'
import { openFolder } from './embedded-servers.ts'

const SCRIPT = fileURLToPath(new URL('get-pgbouncer.sh', import.meta.url))
const FETCH_WITHIN_MS = 60_000

/** Starts, with the libraries that lie beside it, if any. */
const runs = (program: string): boolean => spawnSync(program, ['--version'],
  { env: { PATH: process.env['PATH'] ?? '', LD_LIBRARY_PATH: dirname(program) } }).status === 0

/**
 * Looks at PGBOUNCER_BIN, the PATH, the cache, and the distribution's packages.
 * @throws naming PGBOUNCER_BIN when none can be had.
 */
const obtainPgBouncer = (): string => {
  const wanted = process.env['PGBOUNCER_BIN'] ?? ''
  if (wanted !== '') {
    if (!runs(resolve(wanted))) throw new Error('PGBOUNCER_BIN does not name a pgbouncer that runs')
    return resolve(wanted)
  }
  const onPath = spawnSync('sh', ['-c', 'command -v pgbouncer'], { encoding: 'utf8' }).stdout.trim()
  if (onPath !== '' && runs(onPath)) return onPath
  const cached = join(projectRoot(), '.cache', 'pgbouncer')
  if (existsSync(cached)) return join(cached, 'pgbouncer')
  const { status, stderr } = spawnSync('sh', [SCRIPT, cached], { encoding: 'utf8', timeout: FETCH_WITHIN_MS })
  if (status !== 0) throw new Error(`no pgbouncer could be had (${stderr.trim().split('\n').at(-1) ?? ''}): install it, or name one in PGBOUNCER_BIN`)
  return join(cached, 'pgbouncer')
}

export interface PgBouncer {
  /** The same database and login, through the pooler. */
  readonly url: string
  /** What it has logged. */
  readonly log: () => string
  readonly stop: () => Promise<void>
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** A PgBouncer in transaction mode before the server of `databaseUrl`, with `poolSize` connections for each database and login. */
export const startPgBouncer = async (databaseUrl: string, poolSize: number): Promise<PgBouncer> => {
  const source = new URL(databaseUrl)
  const folder = openFolder()
  const binary = obtainPgBouncer()
  const isOurs = binary.startsWith(projectRoot())
  if (isOurs) cpSync(dirname(binary), join(folder, 'bin'), { recursive: true, verbatimSymlinks: true })
  const port = await freePort()
  writeFileSync(join(folder, 'users.txt'), `${quoted(decodeURIComponent(source.username))} ${quoted(decodeURIComponent(source.password))}\n`)
  writeFileSync(join(folder, 'pgbouncer.ini'), `[databases]
* = host=${source.hostname} port=${source.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${join(folder, 'users.txt')}
pool_mode = transaction
default_pool_size = ${poolSize}
max_client_conn = 500
log_connections = 0
log_disconnections = 0
`)
  const [command, libraries] = isOurs ? [join(folder, 'bin/pgbouncer'), join(folder, 'bin')] : [binary, '']
  const child = startChild({ command: 'env', user: serviceUser(), endSignal: 'TERM',
    args: [`LD_LIBRARY_PATH=${libraries}`, command, join(folder, 'pgbouncer.ini')] })
  await untilReady('PgBouncer', child, async () => child.log().includes('process up') || undefined)
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${port}`
  return { url: url.href, log: child.log, stop: async () => {
    await child.stop()
    rmSync(folder, { recursive: true, force: true })
  } }
}
