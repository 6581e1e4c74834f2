import { setTimeout as sleep } from 'node:timers/promises'

export interface Loops {
  /** When any of them last came round; ms since 1970. */
  readonly cameRoundAt: () => number
  readonly stop: () => Promise<void>
}

export type Step = readonly [everyMs: number, step: () => Promise<void>]

/** Each step again and again, on its own; one that fails is said and tried again. */
export const repeat = (steps: ReadonlyArray<Step>, failed: (cause: unknown) => void): Loops => {
  const stopping = new AbortController()
  let cameRoundAt = Date.now()
  const loop = async ([everyMs, step]: Step): Promise<void> => {
    while (!stopping.signal.aborted) {
      await step().then(() => { cameRoundAt = Date.now() }, failed)
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const running = steps.map(loop)
  return {
    cameRoundAt: () => cameRoundAt,
    stop: async () => {
      stopping.abort()
      await Promise.all(running)
    },
  }
}
