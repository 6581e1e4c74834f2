import type { Either } from 'fp-ts/lib/Either.js'
import type { Instruction } from '../aggregates.ts'
import type { Failure } from '../settlement.ts'
import type { DeadLetter } from './failed-events.ts'
import type { Problem } from './retry-queue.ts'
import type { Unavailable } from './unavailable.ts'

/** A kept event as far as reading it needs; `body` may have been edited, everything else is the stored message's. */
export type KeptEvent = Pick<DeadLetter, 'companyId' | 'subject' | 'stream' | 'sequence' | 'item' | 'body' | 'headers' | 'publishedAt'>

/** The wire's side of retries and replays. */
export interface EventReader {
  /**
   * The instructions of a kept event, or of the one item of a history that was kept, with their original clocks (design 8): one
   * list for each item, which succeeds or fails together. Left: it is not valid, for an event with any invalid item too.
   */
  readonly read: (event: KeptEvent) => Either<Exclude<Failure, Unavailable>, ReadonlyArray<ReadonlyArray<Instruction>>>
  /** A failure in words for an operator. */
  readonly describe: (failure: Exclude<Failure, Unavailable>) => Problem
}
