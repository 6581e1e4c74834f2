import type { ClaimedLetter, Concluded, RetryQueue } from '../../../application/ports/retry-queue.ts'
import { done } from './done.ts'
import { isKiller, killed, resolved, withAttempt, type Kept, type memoryFailures } from './failed-events.ts'

const MS_PER_SECOND = 1_000
/** The broker has lost the count of what has been `retrying` for so long. */
const FORGOTTEN_MS = 3_600_000

const toClaimed = ({ letter, retries, edited }: Kept): ClaimedLetter => ({ ...letter, body: edited?.body ?? letter.body, retries })

const failedAgain = (kept: Kept, { problem, retryInSeconds }: Concluded & { readonly outcome: 'failed' }, nowMs: number): Kept => ({
  ...kept, letter: { ...kept.letter, ...problem, attempts: kept.letter.attempts + 1 }, retries: kept.retries + 1,
  started: Math.max(kept.started, kept.letter.attempts + 1), claims: 0, claimedUntil: 0,
  status: retryInSeconds === undefined ? 'exhausted' : 'dead',
  retryAt: retryInSeconds === undefined ? Infinity : nowMs + retryInSeconds * MS_PER_SECOND, ...withAttempt(kept, 'worker', problem, nowMs),
})

/** The oldest of each company, as many of each as of any other. */
const byTurns = (due: ReadonlyArray<Kept>, limit: number): ReadonlyArray<Kept> => {
  const companies = Map.groupBy([...due].sort((a, b) => a.retryAt - b.retryAt), ({ letter }) => letter.companyId)
  const each = Math.max(1, Math.floor(limit / Math.max(1, companies.size)))
  return [...companies.values()].flatMap((ofCompany) => ofCompany.slice(0, each)).slice(0, limit)
}

const dueAt = ({ status, retryAt }: Kept): number => {
  if (status === 'retrying') return retryAt + FORGOTTEN_MS
  return status === 'dead' ? retryAt : Infinity
}

export interface RetryQueueOptions {
  /** Rows shared with `memoryFailedEvents`. */
  readonly kept: ReturnType<typeof memoryFailures>
  readonly nowMs: () => number
  readonly isActive: (companyId: string) => boolean
  /** It waits in an operator's replay. */
  readonly isReplayed?: (id: number) => boolean
}

export const memoryRetryQueue = ({ kept, nowMs, isActive, isReplayed = () => false }: RetryQueueOptions): RetryQueue => {
  const change = (ids: ReadonlyArray<number>, next: (entry: Kept) => Kept): void => {
    for (const [place, entry] of kept) if (ids.includes(entry.letter.id)) kept.set(place, next(entry))
  }
  const isDue = (entry: Kept): boolean =>
    dueAt(entry) <= nowMs() && entry.claimedUntil <= nowMs() && isActive(entry.letter.companyId) && !isReplayed(entry.letter.id)
  const claim = (entries: ReadonlyArray<Kept>, claimSeconds: number, started: 0 | 1): ReadonlyArray<ClaimedLetter> => {
    change(entries.map(({ letter }) => letter.id), (entry) => ({ ...entry, claims: entry.claims + 1,
      claimedUntil: nowMs() + claimSeconds * MS_PER_SECOND, started: entry.started + started }))
    return entries.map(toClaimed)
  }
  return {
    claimDue: (limit, claimSeconds) => done(() => {
      const due = [...kept.values()].filter(isDue)
      change(due.filter((entry) => entry.claims > 0 && isKiller(entry)).map(({ letter }) => letter.id), killed)
      const suspect = due.find((entry) => entry.claims > 0 && !isKiller(entry))
      if (suspect !== undefined) return claim([suspect], claimSeconds, 1)
      return claim(byTurns(due.filter(({ claims }) => claims === 0), limit), claimSeconds, 0)
    }),
    conclude: (outcomes) => done(() => {
      for (const each of outcomes)
        change([each.id], (entry) => (each.outcome === 'applied' ? resolved(entry) : failedAgain(entry, each, nowMs())))
    }),
    release: (letters) => done(() => {
      change(letters.map(({ id }) => id),
        (entry) => ({ ...entry, claims: 0, claimedUntil: 0, started: Math.min(entry.started, entry.letter.attempts) }))
    }),
  }
}
