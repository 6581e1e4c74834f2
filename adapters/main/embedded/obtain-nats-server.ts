import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A nats-server and where it was found, in words. */
export interface NatsBinary { readonly path: string; readonly from: string }

/** Cached under this name; any server from the floor on works, the newest of the distribution is taken. */
const CACHED_AS = 'nats-server-2.15'
/** Several filter subjects on a consumer need it (dependency notes 5). */
const FLOOR: readonly [number, number] = [2, 10]
const SCRIPT = fileURLToPath(new URL('get-nats-server.sh', import.meta.url))
const FETCH_WITHIN_MS = 60_000

/** Major and minor version, or undefined where there is no such program. */
const versionOf = (path: string): readonly [number, number] | undefined => {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' })
  const match = status === 0 ? /v(\d+)\.(\d+)\./.exec(stdout) : null
  return match === null ? undefined : [Number(match[1]), Number(match[2])]
}

const recentEnough = (path: string): boolean => {
  const version = versionOf(path)
  return version !== undefined && (version[0] - FLOOR[0] || version[1] - FLOOR[1]) >= 0
}

const fetched = (target: string): boolean =>
  spawnSync('sh', [SCRIPT, target], { encoding: 'utf8', timeout: FETCH_WITHIN_MS, stdio: 'ignore' }).status === 0

/** In the order of design 2: the named one, the PATH's, the cached one, the distribution's package. */
export const obtainNatsServer = (cacheDir: string): NatsBinary => {
  if (process.platform !== 'linux') throw new Error('an embedded nats-server is to be had on Linux only; set NATS_URL (and DATABASE_URL)')
  const named = process.env['NATS_SERVER_BIN']
  if (named !== undefined && named !== '') {
    if (recentEnough(named)) return { path: named, from: 'NATS_SERVER_BIN' }
    throw new Error(`NATS_SERVER_BIN does not name a nats-server of at least ${FLOOR.join('.')}`)
  }
  if (recentEnough('nats-server')) return { path: 'nats-server', from: 'the PATH' }
  const cached = join(cacheDir, CACHED_AS)
  if (existsSync(cached) && recentEnough(cached)) return { path: cached, from: 'the cache' }
  if (fetched(cached) && recentEnough(cached)) return { path: cached, from: 'the distribution\'s package' }
  throw new Error(`no nats-server of at least ${FLOOR.join('.')} could be had: set NATS_URL, or NATS_SERVER_BIN, or install one on the PATH`)
}
