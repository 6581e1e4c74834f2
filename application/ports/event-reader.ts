import type { Either } from 'fp-ts/lib/Either.js'
import type { Instruction } from '../aggregates.ts'
import type { Failure } from '../settlement.ts'
import type { DeadLetter } from './failed-events.ts'
import type { Problem } from './retry-queue.ts'
import type { Unavailable } from './unavailable.ts'

/** A kept event as far as reading it needs; `body` may have been edited, everything else is the stored message's. */
export type KeptEvent = Pick<DeadLetter, 'companyId' | 'subject' | 'stream' | 'sequence' | 'item' | 'body' | 'headers' | 'publishedAt'>

/** The instructions of an event: one list for each item, which succeeds or fails together. */
type Units = ReadonlyArray<ReadonlyArray<Instruction>>

/** An item of a history that failed alone, and its own bytes. */
export interface FailedItem {
  readonly item: number
  readonly body: Uint8Array
  readonly failure: Exclude<Failure, Unavailable>
}

export interface ReadAsDelivered {
  readonly units: Units
  /** With `HISTORY_BATCH_MODE=accept_valid`: what is wrong with an item is no fault of the others. */
  readonly invalidItems: ReadonlyArray<FailedItem>
  /** The bytes of an item of a history that can fail alone; undefined where the event can only fail as a whole. */
  readonly bodyOfItem: (index: number) => Uint8Array | undefined
}

/** The wire's side of retries and replays. */
export interface EventReader {
  /**
   * The instructions of a kept event, or of the one item of a history that was kept, with their original clocks (design 8).
   * Left: it is not valid, for an event with any invalid item too: an operator edits and replays what is wholly valid.
   */
  readonly read: (event: KeptEvent) => Either<Exclude<Failure, Unavailable>, Units>
  /** As the broker's delivery of it is read, so that a retry comes to what a delivery would have come to. */
  readonly readAsDelivered: (event: KeptEvent) => Either<Exclude<Failure, Unavailable>, ReadAsDelivered>
  /** A failure in words for an operator. */
  readonly describe: (failure: Exclude<Failure, Unavailable>) => Problem
}
