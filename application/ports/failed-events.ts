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
  readonly publishedAt: EpochSeconds
  /** Reason code of bad-inputs, e.g. `missing_field`, `data_error:22003`, `handler_error`. */
  readonly reason: string
  /** JSON pointer into the body; '' for the whole of it. */
  readonly pointer: string
  /** One sentence without values: what is wrong and what to do. */
  readonly message: string
  /** Final: dead at once. Otherwise it counts one attempt and is dead when `maxAttempts` are used up. */
  readonly fate: { readonly type: 'final' } | { readonly type: 'attempt'; readonly maxAttempts: number }
  readonly deliveries: number
}

/** A dead letter on its way to `v1.dlq.<company>`. */
export interface DeadLetter extends FailedEvent {
  readonly id: number
  readonly attempts: number
}

/** Contract: test/contract/failed-events.contract.ts */
export interface FailedEvents {
  /**
   * Stores failures, set-based, each once per (company, stream, sequence, item); again only counts an attempt.
   * Answers, in order, whether each is dead now (its source may be acknowledged) or is to be tried again.
   * `exhausted_events` is kept in step. Must be committed before the source is acknowledged.
   */
  readonly record: (failures: ReadonlyArray<FailedEvent>) => TaskEither<Unavailable, ReadonlyArray<'dead' | 'retry'>>
  /** Dead ones whose copy is not in the DLQ stream yet, oldest first. */
  readonly unpublished: (limit: number) => TaskEither<Unavailable, ReadonlyArray<DeadLetter>>
  readonly markPublished: (ids: ReadonlyArray<number>) => TaskEither<Unavailable, void>
  /** Drops the attempt counts of events that went through after all. */
  readonly succeeded: (events: ReadonlyArray<Pick<FailedEvent, 'companyId' | 'stream' | 'sequence'>>) => TaskEither<Unavailable, void>
}
