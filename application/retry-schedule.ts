/** Waits before each retry of a dead letter, in seconds; after the last one it is exhausted (contract 6.3). */
export type RetrySchedule = ReadonlyArray<number>

/** Part of a wait that is left to chance, so that letters of one outage do not come back all at once. */
const JITTER = 0.4

/** Seconds until retry number `retries + 1`, a fifth more or less; undefined when none is left. `chance`: from 0 up to 1. */
export const retryIn = (schedule: RetrySchedule, retries: number, chance: number): number | undefined => {
  const seconds = schedule[retries]
  return seconds === undefined ? undefined : seconds * (1 + JITTER * (chance - 0.5))
}
