import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Ending, Environment } from '../service-process.ts'

const ENTRY = fileURLToPath(new URL('../../../adapters/inbound/cli/daisi.ts', import.meta.url))
const ENDS_WITHIN_MS = 60_000

export interface Ended {
  readonly ending: Ending
  readonly stdout: string
  readonly stderr: string
  /** Lines on standard error that are not log lines. */
  readonly said: ReadonlyArray<string>
}

/** Neither our own test servers' addresses nor what a caller has set reaches the program. */
const bare = (): Environment => {
  const { PATH = '', HOME = '' } = process.env
  return { PATH, HOME }
}

type Child = ChildProcessByStdio<null, Readable, Readable>

/** The real program with these arguments and nothing but this environment; `through` is a command that runs it. */
export const spawnDaisi = (args: ReadonlyArray<string>, env: Environment, through: ReadonlyArray<string> = []): Child => {
  const [command = '', ...rest] = [...through, process.execPath, ENTRY, ...args]
  return spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...bare(), ...env } })
}

/** The same until it ends; killed when it does not. */
export const runDaisi = async (args: ReadonlyArray<string>, env: Environment): Promise<Ended> => {
  const child = spawnDaisi(args, env)
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => { output.stdout += chunk.toString() })
  child.stderr.on('data', (chunk: Buffer) => { output.stderr += chunk.toString() })
  const timer = setTimeout(() => { child.kill('SIGKILL') }, ENDS_WITHIN_MS)
  const [code, signal] = await once(child, 'close') as [number | null, NodeJS.Signals | null]
  clearTimeout(timer)
  return { ending: code ?? signal ?? -1, ...output, said: output.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{')) }
}
