import {
  KILLS_PROCESS, MOST_UNFINISHED, type DeadLetter, type FailedEvent, type FailedEvents, type Succeeded,
} from '../../../application/ports/failed-events.ts'
import type { FailedAttempt, FailedEventStatus } from '../../../application/ports/failed-event-finder.ts'
import type { Problem } from '../../../application/ports/retry-queue.ts'
import { done } from './done.ts'

export interface Kept {
  readonly letter: DeadLetter
  readonly status: FailedEventStatus
  readonly isPublished: boolean
  /** Attempts counted as started; those that ended are the letter's. */
  readonly started: number
  readonly retries: number
  /** Ms since 1970. */
  readonly retryAt: number
  readonly claimedUntil: number
  /** Claims that nobody has concluded. */
  readonly claims: number
  readonly history: ReadonlyArray<FailedAttempt>
  /** Ms since 1970. */
  readonly firstFailedAt: number
  readonly lastFailedAt: number
  readonly edited?: { readonly body: Uint8Array; readonly by: string; readonly at: number }
  readonly note?: string
}

type Source = Pick<FailedEvent, 'companyId' | 'stream' | 'sequence' | 'publishedAt'>

const WHOLE = 'whole'
const MS_PER_SECOND = 1_000
const FINAL_ATTEMPTS = 1

const placeOf = ({ companyId, stream, sequence, publishedAt, item }: Source & { readonly item?: number }): string =>
  [companyId, sequence, publishedAt, item ?? WHOLE, stream].join(' ')

/** The broker is who tries: its source is not to be acknowledged yet. */
const isBrokers = ({ status }: Kept): boolean => status === 'retrying'

const isOf = ({ failedItems = [], ...source }: Succeeded, { item, ...letter }: DeadLetter): boolean =>
  placeOf(source) === placeOf(letter) && !(item !== undefined && failedItems.includes(item))

const isPublishable = ({ status, isPublished }: Kept): boolean => (status === 'dead' || status === 'exhausted') && !isPublished

/** One failed attempt more; the newest is last. */
export const withAttempt = (
  kept: Kept, by: FailedAttempt['by'], problem: Problem, nowMs: number,
): Pick<Kept, 'history' | 'lastFailedAt'> => {
  const { reason, pointer, message } = problem
  return { lastFailedAt: nowMs, history: [...kept.history, { at: new Date(nowMs).toISOString(), by, reason, pointer, message }] }
}

const statusAfter = ({ fate }: FailedEvent, attempts: number): Kept['status'] => {
  if (fate.type === 'final') return 'exhausted'
  return attempts >= fate.maxAttempts ? 'dead' : 'retrying'
}

const first = ({ fate, ...failure }: FailedEvent, id: number, nowMs: number): Kept => ({
  letter: { ...failure, id, attempts: 0, maxAttempts: fate.type === 'final' ? FINAL_ATTEMPTS : fate.maxAttempts },
  status: 'retrying', isPublished: false, started: 0, retries: 0, retryAt: Infinity, claimedUntil: 0, claims: 0,
  history: [], firstFailedAt: nowMs, lastFailedAt: nowMs,
})

/** The first body stays, the newest reason counts; what the broker is done with stays as it is. */
const failed = (kept: Kept, failure: FailedEvent, nowMs: number): Kept => {
  if (!isBrokers(kept)) return kept
  const { reason, pointer, message, deliveries, fate } = failure
  const attempts = kept.letter.attempts + 1
  const retryAt = fate.type === 'final' ? Infinity : nowMs + fate.retryInSeconds * MS_PER_SECOND
  return {
    ...kept, letter: { ...kept.letter, reason, pointer, message, deliveries, attempts,
      maxAttempts: fate.type === 'final' ? FINAL_ATTEMPTS : fate.maxAttempts },
    status: statusAfter(failure, attempts), isPublished: false, started: Math.max(kept.started, attempts), retryAt,
    ...withAttempt(kept, 'broker', failure, nowMs),
  }
}

export const killed = (kept: Kept): Kept => ({ ...kept, status: 'exhausted', letter: { ...kept.letter, ...KILLS_PROCESS } })

export const isKiller = ({ started, letter }: Kept): boolean => started - letter.attempts >= MOST_UNFINISHED

/** Applied as it was published: a history may still have items that the broker delivers it again for. */
const isToRunAgain = ({ status, edited }: Kept): boolean => status === 'resolved' && edited === undefined

const begun = (kept: Kept, { fate, deliveries }: FailedEvent, nowMs: number): Kept => {
  if (!isBrokers(kept) && !isToRunAgain(kept)) return kept
  const retryAt = fate.type === 'final' ? Infinity : nowMs + fate.retryInSeconds * MS_PER_SECOND
  const isBegun = kept.started > kept.letter.attempts && kept.letter.deliveries === deliveries
  if (isKiller(kept) && !isBegun) return killed(kept)
  return { ...kept, status: 'retrying', started: kept.started + (isBegun ? 0 : 1), retryAt, letter: { ...kept.letter, deliveries } }
}

export const resolved = (kept: Kept): Kept =>
  ({ ...kept, status: 'resolved', started: 0, claims: 0, claimedUntil: 0, letter: { ...kept.letter, attempts: 0 } })

/** What the memory adapters of failed events share: rows by place, in order of their first failure. */
export const memoryFailures = () => new Map<string, Kept>()

type Change = (entry: Kept, failure: FailedEvent) => Kept

/** Changes each failure's row once, and answers how each was, as one that begins if it was not there, and is now. */
const changing = (kept: Map<string, Kept>, nowMs: () => number) => (
  failures: ReadonlyArray<FailedEvent>, next: Change,
): ReadonlyArray<{ readonly before: Kept; readonly now: Kept }> => {
  const changed = new Map([...new Map(failures.map((each) => [placeOf(each), each]))].map(([place, failure]) => {
    const before = kept.get(place) ?? first(failure, kept.size + 1, nowMs())
    const now = next(before, failure)
    kept.set(place, now)
    return [place, { before, now }]
  }))
  return failures.flatMap((failure) => changed.get(placeOf(failure)) ?? [])
}

/** Those before which less than that lies. */
const upTo = (mostBytes: number, letters: ReadonlyArray<DeadLetter>): ReadonlyArray<DeadLetter> => {
  let before = 0
  return letters.filter(({ body: { length } }) => {
    before += length
    return before - length < mostBytes
  })
}

export const memoryFailedEvents = (kept = memoryFailures(), nowMs: () => number = Date.now): FailedEvents => {
  const change = changing(kept, nowMs)
  const changeWhere = (isMeant: (entry: Kept) => boolean, next: (entry: Kept) => Kept): void => {
    for (const [place, entry] of kept) if (isMeant(entry)) kept.set(place, next(entry))
  }
  return {
    record: (failures) => done(() => change(failures, (entry, failure) => failed(entry, failure, nowMs()))
      .map(({ now }) => (isBrokers(now) ? 'retry' : 'dead'))),
    begin: (events) => done(() => change(events, (entry, event) => begun(entry, event, nowMs())).map(({ before, now }) => {
      if (isBrokers(now)) return 'run'
      return before === now ? 'dead' : 'killed'
    })),
    unpublished: (limit, mostBytes = Infinity) => done(() =>
      upTo(mostBytes, [...kept.values()].filter(isPublishable).map(({ letter }) => letter).slice(0, limit))),
    markPublished: (ids) => done(() => {
      changeWhere((entry) => isPublishable(entry) && ids.includes(entry.letter.id), (entry) => ({ ...entry, isPublished: true }))
    }),
    succeeded: (events) => done(() => {
      changeWhere(({ letter }) => events.some((event) => isOf(event, letter)), (entry) =>
        (entry.status === 'discarded' ? entry : resolved(entry)))
    }),
  }
}
