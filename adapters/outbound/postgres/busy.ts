/** SQLSTATE lock_not_available: a lock was not had in the time that was given; deadlock_detected: others had to go first. */
const BUSY: ReadonlySet<unknown> = new Set(['55P03', '40P01'])

/** Others were at work on the same tables; nothing was done, and it can be tried again. */
export const isBusy = (cause: unknown): boolean => cause instanceof Error && BUSY.has(Reflect.get(cause, 'code'))
