import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Environment } from './settings.ts'

/** A process of the service that the supervisor keeps alive. */
export interface Supervised {
  readonly name: string
  readonly args: ReadonlyArray<string>
  readonly env: Environment
  /** Flags for Node, besides our own. */
  readonly flags?: ReadonlyArray<string>
}

const FIRST_RESTART_MS = 200
const SLOWEST_RESTART_MS = 10_000
/** A process that lived this long starts again without a wait. */
const STEADY_MS = 30_000

/** Exit code of a configuration error: starting again cannot help. */
const HOPELESS = 78

export interface Supervisor {
  /** Resolves with the exit code of a process that cannot be helped by a restart. */
  readonly hopeless: Promise<number>
  readonly stop: () => Promise<void>
}

/** Keeps each process running: one that dies is started again, at a growing interval (bad inputs C17). */
export const supervise = (entry: string, processes: ReadonlyArray<Supervised>): Supervisor => {
  const children = new Map<string, ChildProcess>()
  const hopeless = Promise.withResolvers<number>()
  let stopping = false

  const launch = (supervised: Supervised, delayMs: number): void => {
    if (stopping) return
    const startedAt = Date.now()
    const child = fork(entry, [...supervised.args], { env: { ...supervised.env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: [...process.execArgv, ...supervised.flags ?? []] })
    children.set(supervised.name, child)
    child.once('exit', (code) => {
      children.delete(supervised.name)
      if (stopping) return
      if (code === HOPELESS) { hopeless.resolve(code); return }
      const next = Date.now() - startedAt > STEADY_MS ? FIRST_RESTART_MS : Math.min(delayMs * 2, SLOWEST_RESTART_MS)
      setTimeout(() => { launch(supervised, next) }, next)
    })
  }

  for (const supervised of processes) launch(supervised, FIRST_RESTART_MS / 2)
  return {
    hopeless: hopeless.promise,
    stop: async () => {
      stopping = true
      const running = [...children.values()]
      const exits = running.map((child) => once(child, 'exit'))
      for (const child of running) child.kill('SIGTERM')
      await Promise.all(exits)
    },
  }
}
