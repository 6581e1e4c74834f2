import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A command to its end, in the project's folder; one that takes longer is killed and has no exit code. */
export const run = (command: string, args: ReadonlyArray<string>, withinSeconds: number, env: NodeJS.ProcessEnv = process.env): Ran => {
  const { status, stdout, stderr, error } = spawnSync(command, args,
    { cwd: ROOT, env, encoding: 'utf8', timeout: withinSeconds * 1_000, killSignal: 'SIGKILL', maxBuffer: 64 * 1_048_576 })
  return { code: status, out: stdout ?? '', err: `${stderr ?? ''}${error === undefined ? '' : String(error)}` }
}
