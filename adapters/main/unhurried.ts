import { setTimeout as sleep } from 'node:timers/promises'

/** What a look at the log gave: facts of use; `more`: something was read, so there may be such facts already. */
interface Looked { readonly facts: number; readonly more: boolean }

/** Facts of a look that say that its follower has fallen behind; for fewer, a look costs as much as the facts (ADR 0019). */
const MANY = 256
/** How much longer than a look the rest after it is. */
const TIMES = 3
const MOST_MS = 100

/** For who found nothing of use, all of it: the log goes on with facts of other kinds. */
const restMs = (facts: number, lookedMs: number): number => (facts === 0 ? MOST_MS : Math.min(TIMES * lookedMs, MOST_MS))

type Rest = (ms: number) => Promise<unknown>

/**
 * Who keeps up with the log rests after a look, three times as long as it took. Otherwise a follower, which every commit wakes, looks the
 * more often the less it finds, and takes the time of those who write (measured, ADR 0019).
 */
export const unhurried = <A extends Looked>(
  look: () => Promise<A>, rest: Rest = sleep, nowMs: () => number = () => performance.now(),
) => async (): Promise<A> => {
  const begun = nowMs()
  const looked = await look()
  if (looked.more && looked.facts < MANY) await rest(restMs(looked.facts, nowMs() - begun))
  return looked
}
