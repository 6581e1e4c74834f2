import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../adapters/main/embedded/free-port.ts'

const ENTRY = fileURLToPath(new URL('../../adapters/inbound/cli/daisi.ts', import.meta.url))
const READY_WITHIN_MS = 60_000
const LOOK_EVERY_MS = 30
const MOST_LOG = 200_000

export interface ServiceProcess {
  readonly pid: number
  readonly adminUrl: string
  readonly httpUrl: string
  /** What it has logged so far. */
  readonly log: () => string
  readonly isRunning: () => boolean
  /** Sends a signal and waits for the end; answers the exit code, or the signal that ended it. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | NodeJS.Signals>
}

export type Environment = Readonly<Record<string, string>>

const untilReady = async (url: string, child: ChildProcess, log: () => string): Promise<void> => {
  for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end; await sleep(LOOK_EVERY_MS)) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the process ended before it was ready:\n${log()}`)
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok === true) return
  }
  throw new Error(`the process was not ready in time:\n${log()}`)
}

/** One real process of the service, as an operator starts it; resolves when it says that it is ready. */
export const startService = async (role: 'ingest' | 'project' | 'serve', env: Environment): Promise<ServiceProcess> => {
  const [adminPort, httpPort] = [await freePort(), await freePort()]
  const child = spawn(process.execPath, [ENTRY, 'start', role], { stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ADMIN_PORT: String(adminPort), HTTP_PORT: String(httpPort), ...env } })
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => { if (log.length < MOST_LOG) log += chunk.toString() })
  const adminUrl = `http://127.0.0.1:${adminPort}`
  await untilReady(adminUrl, child, () => log)
  return {
    pid: child.pid ?? 0, adminUrl, httpUrl: `http://127.0.0.1:${httpPort}/graphql`, log: () => log,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    end: async (signal) => {
      child.kill(signal)
      const [code, endedBy] = await exited
      return code ?? endedBy ?? signal
    },
  }
}
