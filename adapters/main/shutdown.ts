/** Bound of an orderly stop; after it the process ends as a crash would, which loses nothing (issue: SIGTERM in 20 s). */
const STOP_WITHIN_MS = 20_000

export interface Stoppable { readonly stop: () => Promise<void> }

/** What ended the wait: a signal, or the parent that is gone. */
const ended = (): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>()
  process.once('SIGTERM', () => { resolve() })
  process.once('SIGINT', () => { resolve() })
  process.once('disconnect', () => { resolve() })
  return promise
}

/**
 * Runs until asked to end, then stops `running` and exits 0. A second signal, or a stop that takes too long, exits at
 * once: starting is recovery, so a hard end is safe (reliability 5.5).
 */
export const runUntilStopped = async (running: Stoppable): Promise<never> => {
  await ended()
  const hard = () => process.exit(1)
  process.once('SIGTERM', hard)
  process.once('SIGINT', hard)
  setTimeout(hard, STOP_WITHIN_MS).unref()
  await running.stop()
  process.exit(0)
}
