import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CompanyId } from '../../domain/company.ts'
import type { EpochSeconds } from '../../domain/time.ts'
import type { Unavailable } from './unavailable.ts'

/** Events whose company token is invalid belong to nobody (design 6). */
export const NOBODY = '*'

/** An event, or one item of a history, that could not be applied; never holds a value of the payload outside `body`. */
export interface FailedEvent {
  readonly companyId: CompanyId | typeof NOBODY
  readonly subject: string
  readonly stream: string
  readonly sequence: number
  /** Index inside a history; undefined for the event as a whole. */
  readonly item?: number
  /** Raw bytes as published; of an item, its own bytes. */
  readonly body: Uint8Array
  readonly headers: Readonly<Record<string, ReadonlyArray<string>>>
  /** The broker's time of storage. Part of the identity: a stream that was made anew counts from 1 again. */
  readonly publishedAt: EpochSeconds
  /** Reason code of bad-inputs, e.g. `missing_field`, `data_error:22003`, `handler_error`. */
  readonly reason: string
  /** JSON pointer into the body; '' for the whole of it. */
  readonly pointer: string
  /** One sentence without values: what is wrong and what to do. */
  readonly message: string
  /**
   * `final`: nothing is tried any more, it is exhausted at once. `attempt`: counts one; the broker delivers it again until
   * `maxAttempts` are used up, then it is a dead letter that is first retried after `retryInSeconds`.
   */
  readonly fate: { readonly type: 'final' } | { readonly type: 'attempt'; readonly maxAttempts: number; readonly retryInSeconds: number }
  readonly deliveries: number
}

/** A failed event that its source has been acknowledged for; `attempts` have ended. */
export interface DeadLetter extends Omit<FailedEvent, 'fate'> {
  readonly id: number
  readonly attempts: number
  readonly maxAttempts: number
}

/** Runs alone that were started and never ended before an event counts as one that kills the process (design 8). */
export const MOST_UNFINISHED = 3

/** Why such an event is set aside. */
export const KILLS_PROCESS = {
  reason: 'kills_process', pointer: '',
  message: 'The process ended three times while it worked on this event alone; look at the body before it is tried again.',
} as const

/** An event of which a run has ended. */
export interface Succeeded extends Pick<FailedEvent, 'companyId' | 'stream' | 'sequence' | 'publishedAt'> {
  /** Items that failed in this run: what is kept of them stays as it is. */
  readonly failedItems?: ReadonlyArray<number>
}

/** Contract: test/contract/failed-events.contract.ts */
export interface FailedEvents {
  /**
   * Stores failures, set-based, each once per (company, stream, sequence, time of storage, item); again only counts an attempt, and
   * only while the broker is who tries: one that is dead, exhausted, resolved or discarded stays as it is (ADR 0012).
   * Answers, in order, whether each is dead now (its source may be acknowledged) or is to be tried again.
   * `exhausted_events` is kept in step. Must be committed before the source is acknowledged.
   */
  readonly record: (failures: ReadonlyArray<FailedEvent>) => TaskEither<Unavailable, ReadonlyArray<'dead' | 'retry'>>
  /**
   * Counts an attempt as started, before it is made, of events that run alone; of one delivery once, for whoever gets no answer asks
   * again. `dead`: it is not to be run, for it is a dead letter already or was applied with another body. `killed`: nor this, which has
   * become one now, with `KILLS_PROCESS`: as many were started and never ended as `MOST_UNFINISHED` says.
   */
  readonly begin: (events: ReadonlyArray<FailedEvent>) => TaskEither<Unavailable, ReadonlyArray<'run' | 'dead' | 'killed'>>
  /** Dead ones whose copy is not in the DLQ stream yet, oldest first: no more than `limit`, and none behind `mostBytes` of bodies. */
  readonly unpublished: (limit: number, mostBytes?: number) => TaskEither<Unavailable, ReadonlyArray<DeadLetter>>
  readonly markPublished: (ids: ReadonlyArray<number>) => TaskEither<Unavailable, void>
  /** Events that went through after all, but for the items named: resolved, their attempts forgotten. */
  readonly succeeded: (events: ReadonlyArray<Succeeded>) => TaskEither<Unavailable, void>
}
