import { setTimeout as sleep } from 'node:timers/promises'

/** One run of a program. */
export interface Run {
  readonly pid: number
  /** Resolves, with a word for how, when the process is gone. */
  readonly ended: Promise<string>
  /** Resolves when it answers a real question. */
  readonly untilReady: () => Promise<void>
  readonly log: () => string
}

/** An end of a process; `asked` names the signal we sent it, undefined says that it died by itself. */
export interface Exit {
  readonly name: string
  readonly pid: number
  readonly ending: string
  readonly asked: NodeJS.Signals | undefined
  /** The end of its log. */
  readonly lastWords: string
}

/** A program that is started again at once, whenever it ends. */
export interface Kept<R extends Run = Run> {
  readonly name: string
  /** The run of now; undefined between two. */
  readonly current: () => R | undefined
  readonly starts: () => number
  /** Resolves with a run that is ready, whichever it is by then. */
  readonly untilReady: () => Promise<R>
  /** Signals the run of now and waits for its end; the next is started at once. False when there was none. */
  readonly kill: (signal: NodeJS.Signals) => Promise<boolean>
  /** As kill, but none is started until `resume`. */
  readonly hold: (signal: NodeJS.Signals) => Promise<boolean>
  readonly resume: () => void
  /** As kill, for good. */
  readonly end: (signal: NodeJS.Signals) => Promise<void>
  /** Of all runs. */
  readonly log: () => string
}

const READY_WITHIN_MS = 60_000
const LOOK_EVERY_MS = 20
const WAIT_AFTER_FAILURE_MS = 250
const MOST_LAST_WORDS = 1_500

/** Starts a program and starts it again each time it ends, until `end`; every end is told to `onExit`. */
export const keep = <R extends Run>(name: string, launch: () => Promise<R>, onExit: (exit: Exit) => void): Kept<R> => {
  let state: 'kept' | 'held' | 'over' = 'kept'
  let current: R | undefined
  let starts = 0
  /** For a run that starts although none is wanted any more. */
  let unwanted: NodeJS.Signals = 'SIGKILL'
  const asked = new Map<number, NodeJS.Signals>()
  const logs: string[] = []

  const send = ({ pid }: R, signal: NodeJS.Signals): void => {
    asked.set(pid, signal)
    try {
      process.kill(pid, signal)
    } catch {
      asked.delete(pid)
    }
  }
  const runOnce = async (): Promise<void> => {
    const run = await launch()
    current = run
    starts += 1
    if (state !== 'kept') send(run, unwanted)
    const ending = await run.ended
    current = undefined
    logs.push(run.log())
    onExit({ name, pid: run.pid, ending, asked: asked.get(run.pid), lastWords: run.log().slice(-MOST_LAST_WORDS) })
    asked.delete(run.pid)
  }
  const runOn = async (): Promise<void> => {
    while (state !== 'over') {
      if (state === 'held') await sleep(LOOK_EVERY_MS)
      else await runOnce().catch(async (cause: unknown) => {
        onExit({ name, pid: 0, ending: `did not start: ${String(cause)}`, asked: undefined, lastWords: '' })
        await sleep(WAIT_AFTER_FAILURE_MS)
      })
    }
  }
  const running = runOn()

  const kill = async (signal: NodeJS.Signals): Promise<boolean> => {
    const run = current
    if (run === undefined) return false
    send(run, signal)
    await run.ended
    return true
  }
  const untilReady = async (): Promise<R> => {
    for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end; await sleep(LOOK_EVERY_MS)) {
      const run = current
      if (run === undefined) continue
      const isReady = await run.untilReady().then(() => true, () => false)
      if (isReady && current === run) return run
    }
    throw new Error(`${name} was not ready in time:\n${current?.log() ?? logs.at(-1) ?? ''}`)
  }
  return {
    name, current: () => current, starts: () => starts, untilReady, kill,
    hold: (signal) => {
      state = 'held'
      unwanted = signal
      return kill(signal)
    },
    resume: () => { if (state === 'held') state = 'kept' },
    end: async (signal) => {
      state = 'over'
      unwanted = signal
      await kill(signal)
      await running
    },
    log: () => [...logs, current?.log() ?? ''].join('\n'),
  }
}
