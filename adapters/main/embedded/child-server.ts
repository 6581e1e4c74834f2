import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Account } from './service-user.ts'

export interface ChildProgram {
  readonly command: string
  readonly args: ReadonlyArray<string>
  /** Account to run as; ours when left out. */
  readonly user?: Account | undefined
  /** Asks for a clean end; the kernel sends it too when we die, however we die. */
  readonly endSignal: 'INT' | 'TERM'
}

export interface ChildServer {
  readonly pid: number
  /** The first 20,000 characters of its standard error. */
  readonly log: () => string
  readonly hasEnded: () => boolean
  readonly stop: () => Promise<void>
}

const MOST_LOG = 20_000

/** Arguments of `setpriv` (util-linux) that give up root for `user`. */
export const asUser = (user: Account | undefined): ReadonlyArray<string> =>
  (user === undefined ? [] : ['--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups'])

/** Of our environment only the path: PGDATA and its like must not reach a server of ours. */
export const bareEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' })

/** Starts a server that cannot outlive us. It leads its own session: Ctrl-C reaches us, not it, so that we can still write while we end. */
export const startChild = ({ command, args, user, endSignal }: ChildProgram): ChildServer => {
  const child = spawn('setpriv', [...asUser(user), '--pdeathsig', endSignal, command, ...args],
    { env: bareEnvironment(), stdio: ['ignore', 'ignore', 'pipe'], cwd: '/', detached: true })
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => { if (log.length < MOST_LOG) log += chunk.toString() })
  const ended = once(child, 'exit').catch((error: unknown) => { log += String(error) })
  let hasEnded = false
  void ended.then(() => { hasEnded = true })
  const stop = async (): Promise<void> => {
    child.kill(`SIG${endSignal}`)
    await ended
  }
  return { pid: child.pid ?? 0, log: () => log, hasEnded: () => hasEnded, stop }
}
