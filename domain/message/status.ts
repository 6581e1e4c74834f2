import { isAfter, type Clock } from '../clock.ts'

/** A delivery status as the gateway wrote it, and when. */
export interface Status {
  readonly word: string
  readonly clock: Clock
}

/** Rungs of the ladder (design 5); a word that is not listed ranks below every rung. */
const RUNG: ReadonlyMap<string, number> = new Map([
  ['pending', 0], ['sent', 1], ['server_ack', 1], ['delivered', 2], ['delivery_ack', 2], ['read', 3], ['played', 4],
])
const UNKNOWN = -1
const DELIVERED = 2

const rungOf = (word: string): number => RUNG.get(word.toLowerCase()) ?? UNKNOWN

/** `failed` is a flag beside the ladder, not a rung of it. */
export const isFailure = (word: string): boolean => word.toLowerCase() === 'failed'

/** Whether the ladder, or the flag beside it, has the word (bad inputs E50). */
export const isKnownStatus = (word: string): boolean => RUNG.has(word.toLowerCase()) || isFailure(word)

/** The higher rung; on one rung the word that came first, between unknown words the newest. */
export const climbs = (to: Status, from: Status | undefined): boolean => {
  if (from === undefined) return true
  const [higher, lower] = [rungOf(to.word), rungOf(from.word)]
  if (higher !== lower) return higher > lower
  return higher === UNKNOWN ? isAfter(to.clock, from.clock) : isAfter(from.clock, to.clock)
}

/** A failure counts only while nothing says that the message was delivered after all. */
export const showsFailed = (failed: boolean, status: Status | undefined): boolean =>
  failed && (status === undefined || rungOf(status.word) < DELIVERED)

/** What the status column says. */
export const shownStatus = (failed: boolean, status: Status | undefined): string | undefined =>
  showsFailed(failed, status) ? 'failed' : status?.word
