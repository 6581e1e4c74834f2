import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectRoot } from './project-root.ts'

/** A nats-server and where it was found, in words for the operator. */
export interface NatsBinary { readonly path: string; readonly from: string }

/** The version we test with; any from the floor on will do. */
const PINNED = '2.15.1'
/** Several filter subjects on a consumer need it (dependency notes 5). */
const FLOOR: readonly [number, number] = [2, 10]
const FETCH_WITHIN_MS = 60_000
const SCRIPT = fileURLToPath(new URL('get-debian-program.sh', import.meta.url))
/** Newest first. */
const SUITES = ['forky', 'trixie', 'bookworm']

const WAYS_OUT = `set NATS_URL, or name a nats-server >= ${FLOOR.join('.')} in NATS_SERVER_BIN, or install one on the PATH`

/** Whether a program of this name is a nats-server of at least the floor. */
const isRecentEnough = (program: string): boolean => {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  const version = status === 0 ? /v(\d+)\.(\d+)\./.exec(stdout) : null
  return version !== null && (Number(version[1]) - FLOOR[0] || Number(version[2]) - FLOOR[1]) >= 0
}

const named = (path: string): NatsBinary => {
  if (isRecentEnough(path)) return { path: resolve(path), from: 'NATS_SERVER_BIN' }
  throw new Error(`NATS_SERVER_BIN does not name a nats-server >= ${FLOOR.join('.')}`)
}

/** Unpacks the distribution's package into the cache; what went wrong comes back as text. */
const unpacked = (target: string): NatsBinary => {
  const { status, stderr, error } = spawnSync('sh', [SCRIPT, 'nats-server', 'usr/sbin/nats-server', target, ...SUITES],
    { encoding: 'utf8', timeout: FETCH_WITHIN_MS, stdio: ['ignore', 'ignore', 'pipe'] })
  if (status === 0 && isRecentEnough(target)) return { path: target, from: 'the distribution\'s package' }
  const reason = (error?.message ?? stderr).trim().split('\n').at(-1) ?? ''
  throw new Error(`no nats-server >= ${FLOOR.join('.')} could be had (${reason}): ${WAYS_OUT}`)
}

/**
 * Looks in the order of design 2: the one that NATS_SERVER_BIN names, the PATH's, the cached one, the distribution's package.
 * The official release archive is not tried: the checksums of the pinned version could not be confirmed.
 * @throws naming the ways out when none can be had.
 */
export const obtainNatsServer = (): NatsBinary => {
  if (process.platform !== 'linux') throw new Error(`no embedded nats-server for ${process.platform}: set NATS_URL (and DATABASE_URL)`)
  const wanted = process.env['NATS_SERVER_BIN']
  if (wanted !== undefined && wanted !== '') return named(wanted)
  if (isRecentEnough('nats-server')) return { path: 'nats-server', from: 'the PATH' }
  const cached = join(projectRoot(), '.cache', `nats-server-${PINNED}`)
  return isRecentEnough(cached) ? { path: cached, from: 'the cache' } : unpacked(cached)
}
