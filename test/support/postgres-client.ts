import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectRoot } from '../../adapters/main/embedded/project-root.ts'

const SCRIPT = fileURLToPath(new URL('get-postgres-client.sh', import.meta.url))
const FETCH_WITHIN_MS = 120_000
/** An older one refuses a server of 18. */
const LEAST_MAJOR = 18

type Program = 'pg_dump' | 'pg_dumpall' | 'pg_restore' | 'pg_basebackup' | 'psql'

const isFit = (): boolean => {
  const { status, stdout } = spawnSync('pg_dump', ['--version'], { encoding: 'utf8' })
  return status === 0 && Number(/(\d+)\./.exec(stdout)?.[1] ?? 0) >= LEAST_MAJOR
}

/**
 * Where a program of PostgreSQL's client is: on the PATH, in the cache, or in the distribution's packages.
 * @throws when none can be had.
 */
const commandOf = (program: Program): string => {
  if (isFit()) return program
  const cached = join(projectRoot(), '.cache', `postgresql-client-${LEAST_MAJOR}`)
  if (!existsSync(cached)) {
    const { status, stderr } = spawnSync('sh', [SCRIPT, cached], { encoding: 'utf8', timeout: FETCH_WITHIN_MS })
    if (status !== 0) throw new Error(`no pg_dump ${LEAST_MAJOR} could be had (${stderr.trim().split('\n').at(-1) ?? ''}): put one on the PATH`)
  }
  return join(cached, program)
}

/** Runs it to its end; rejects with what it complained of, unless `mayComplain`. */
export const runClient = async (program: Program, args: ReadonlyArray<string>, mayComplain = false): Promise<void> => {
  const child = spawn(commandOf(program), [...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => { complaints += chunk.toString() })
  const [code] = await once(child, 'close') as [number | null]
  if (code !== 0 && !mayComplain) throw new Error(`${program} ended with ${code}: ${complaints.slice(0, 2_000)}`)
}
