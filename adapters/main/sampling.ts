import type { Stoppable } from './shutdown.ts'

/** Runs `sample` now and every `everyMs`; one that fails is left out, the next comes. */
export const sampling = (everyMs: number, sample: () => void | Promise<void>): Stoppable => {
  const run = (): void => { void Promise.resolve().then(sample).catch(() => undefined) }
  run()
  const timer = setInterval(run, everyMs)
  return { stop: async () => { clearInterval(timer) } }
}
