/** SQLSTATE lock_not_available: a lock was not had in the time that was given. */
const BUSY = '55P03'

/** Others were at work on the same tables; nothing was done, and it can be tried again. */
export const isBusy = (cause: unknown): boolean => cause instanceof Error && Reflect.get(cause, 'code') === BUSY
