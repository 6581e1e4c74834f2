import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { EXIT_CONFIGURATION, type Environment } from './settings.ts'

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

const codeOf = (cause: unknown): string => (cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown cause')

export interface Supervisor {
  /** Resolves with the exit code of a process that cannot be helped by a restart: its configuration is wrong. */
  readonly hopeless: Promise<number>
  readonly stop: () => Promise<void>
}

/** How long until the next try: growing while it dies young. */
const nextWait = (waitMs: number, livedMs: number): number =>
  (livedMs > STEADY_MS ? FIRST_RESTART_MS : Math.min(waitMs * 2, SLOWEST_RESTART_MS))

/** Its exit code when it is gone, null where a signal ended it; until then it is one of the `children`. Rejects if it could not be made. */
const live = async (entry: string, { name, args, env, flags = [] }: Supervised, children: Map<string, ChildProcess>) => {
  const child = fork(entry, [...args], { env: { ...env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...process.execArgv, ...flags] })
  children.set(name, child)
  try {
    const [code] = await once(child, 'exit') as [number | null]
    return code
  } finally {
    children.delete(name)
  }
}

/**
 * Keeps each process running: one that dies, or cannot be made for want of memory or of process numbers, is started again at a growing
 * interval (bad inputs C17). `say` hears of those that could not be made; of a death the process itself has spoken.
 */
export const supervise = (entry: string, processes: ReadonlyArray<Supervised>, say: (what: string) => void): Supervisor => {
  const children = new Map<string, ChildProcess>()
  const hopeless = Promise.withResolvers<number>()
  const stopping = new AbortController()

  const keep = async (supervised: Supervised): Promise<void> => {
    for (let waitMs = FIRST_RESTART_MS / 2; !stopping.signal.aborted;) {
      const startedAt = Date.now()
      const code = await live(entry, supervised, children)
        .catch((cause: unknown) => { say(`${supervised.name} could not be started: ${codeOf(cause)}`) })
      if (code === EXIT_CONFIGURATION) return hopeless.resolve(code)
      waitMs = nextWait(waitMs, Date.now() - startedAt)
      await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  const kept = processes.map(keep)
  return {
    hopeless: hopeless.promise,
    stop: async () => {
      stopping.abort()
      for (const child of children.values()) child.kill('SIGTERM')
      await Promise.all(kept)
    },
  }
}
