import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { steadyPort } from './steady-port.ts'

const ENTRY = fileURLToPath(new URL('../../adapters/inbound/cli/daisi.ts', import.meta.url))
const READY_WITHIN_MS = 60_000
const LOOK_EVERY_MS = 30
const MOST_LOG = 200_000

/** The exit code of a process, or the signal that ended it. */
export type Ending = number | NodeJS.Signals

export interface ServiceProcess {
  readonly pid: number
  readonly adminUrl: string
  readonly httpUrl: string
  /** What it has logged so far. */
  readonly log: () => string
  readonly isRunning: () => boolean
  readonly ended: Promise<Ending>
  /** Resolves when it says that it is ready; rejects with its log when it ends before, or takes too long. */
  readonly untilReady: () => Promise<void>
  /** Sends a signal and waits for the end; answers the exit code, or the signal that ended it. */
  readonly end: (signal: NodeJS.Signals) => Promise<Ending>
}

export type Environment = Readonly<Record<string, string>>
export type Role = 'ingest' | 'project' | 'serve'

const isOver = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

const untilReady = async (url: string, child: ChildProcess, log: () => string): Promise<void> => {
  for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end; await sleep(LOOK_EVERY_MS)) {
    if (isOver(child)) throw new Error(`the process ended before it was ready:\n${log()}`)
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok === true) return
  }
  throw new Error(`the process was not ready in time:\n${log()}`)
}

/** One real process of the service, just started; `entry` is another program that takes the same arguments. */
export const spawnService = async (role: Role, env: Environment, entry = ENTRY): Promise<ServiceProcess> => {
  const [adminPort, httpPort] = [await steadyPort(), await steadyPort()]
  const child = spawn(process.execPath, [entry, 'start', role], { stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ADMIN_PORT: String(adminPort), HTTP_PORT: String(httpPort), ...env } })
  const ended = once(child, 'exit').then(([code, signal]: (number | NodeJS.Signals | null)[]): Ending => code ?? signal ?? -1)
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => { if (log.length < MOST_LOG) log += chunk.toString() })
  const adminUrl = `http://127.0.0.1:${adminPort}`
  return {
    pid: child.pid ?? 0, adminUrl, httpUrl: `http://127.0.0.1:${httpPort}/graphql`, log: () => log, ended,
    isRunning: () => !isOver(child), untilReady: () => untilReady(adminUrl, child, () => log),
    end: (signal) => {
      child.kill(signal)
      return ended
    },
  }
}

/** One real process of the service, as an operator starts it; resolves when it says that it is ready. */
export const startService = async (role: Role, env: Environment): Promise<ServiceProcess> => {
  const started = await spawnService(role, env)
  await started.untilReady()
  return started
}
