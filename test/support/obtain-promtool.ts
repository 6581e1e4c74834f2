import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SCRIPT = join(ROOT, 'adapters/main/embedded/get-debian-program.sh')
/** A program of a newer suite may want a newer C library than the machine has; what we use is in the oldest. */
const SUITES = ['bookworm', 'trixie', 'forky']
const FETCH_WITHIN_MS = 120_000

/** Path of Prometheus's `promtool`: the PATH's, else the distribution's, unpacked into the cache; nothing is installed or started. */
export const obtainPromtool = (): string => {
  if (spawnSync('promtool', ['--version']).status === 0) return 'promtool'
  const cached = join(ROOT, '.cache', 'promtool')
  if (existsSync(cached)) return cached
  const { status, stderr } = spawnSync('sh', [SCRIPT, 'prometheus', 'usr/bin/promtool', cached, ...SUITES],
    { encoding: 'utf8', timeout: FETCH_WITHIN_MS })
  if (status !== 0) throw new Error(`no promtool could be had: install the package prometheus\n${stderr}`)
  return cached
}
