/** Bound of an orderly stop; after it the process ends as a crash would, which loses nothing (issue: SIGTERM in 20 s). */
export const STOP_WITHIN_MS = 20_000

export interface Stoppable { readonly stop: () => Promise<void> }

/** What ended the wait: a signal, or the parent that is gone. */
const ended = (): Promise<undefined> => {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(event, () => { resolve(undefined) })
  return promise
}

/**
 * Runs until asked to end, then stops what runs and exits 0; what is still starting is left as it is. A second signal, or a stop that
 * takes too long, exits at once: starting is recovery, so a hard end is safe (reliability 5.5). It listens while it starts, too: as
 * process 1 of a container it would not be ended by a signal that it does not listen to.
 */
export const runUntilStopped = async (starting: Stoppable | Promise<Stoppable>): Promise<never> => {
  const end = ended()
  const running = await Promise.race([starting, end])
  if (running === undefined) process.exit(0)
  await end
  const hard = () => process.exit(1)
  process.once('SIGTERM', hard)
  process.once('SIGINT', hard)
  setTimeout(hard, STOP_WITHIN_MS).unref()
  await running.stop()
  process.exit(0)
}
