import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { AggregateKind } from '../aggregates.ts'
import type { FailedEventStatus } from './failed-event-finder.ts'
import type { DeadLetter } from './failed-events.ts'
import type { Problem } from './retry-queue.ts'
import type { Unavailable } from './unavailable.ts'

/** What a replay would do to one aggregate; names only, no values. */
export interface ReplayChange {
  readonly kind: AggregateKind
  readonly id: string
  /** Types, in order. */
  readonly facts: ReadonlyArray<string>
  /** Names of the fields of its state that would differ. */
  readonly fields: ReadonlyArray<string>
}

/** One event of a job, in this process's hands until the claim runs out; `body` is the edited one where there is one. */
export interface ClaimedReplay {
  readonly jobId: string
  readonly dryRun: boolean
  readonly letter: DeadLetter
  readonly status: FailedEventStatus
}

/** How a replay ended. `unchanged`: all of it held already. `skipped`: there was nothing to replay any more. */
export type ReplayOutcome = Pick<ClaimedReplay, 'jobId' | 'dryRun'> & Pick<DeadLetter, 'companyId' | 'id'> & (
  | { readonly outcome: 'applied'; readonly changes?: ReadonlyArray<ReplayChange> }
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'failed'; readonly problem: Problem }
  | { readonly outcome: 'skipped'; readonly reason: string })

/** Items of running replay jobs. Contract: test/contract/replay-queue.contract.ts */
export interface ReplayQueue {
  /**
   * Waiting items of one job of an active company, no faster than the job allows; no job waits until another is done. A claim that was
   * never concluded, for its process died, runs out after `claimSeconds`; such an item is claimed alone, and after `MOST_UNFINISHED` claims
   * alone it has failed with `KILLS_PROCESS` (design 8).
   */
  readonly claim: (limit: number, claimSeconds: number) => TaskEither<Unavailable, ReadonlyArray<ClaimedReplay>>
  /**
   * Writes the outcomes of the items and, unless it was a dry run, of the failed events; `exhausted_events` is kept in step. A job
   * of which no item waits any more is finished. An item of a job that was aborted meanwhile keeps its true outcome.
   */
  readonly conclude: (outcomes: ReadonlyArray<ReplayOutcome>) => TaskEither<Unavailable, void>
  /** Ends claims without an outcome: a dependency is down. */
  readonly release: (items: ReadonlyArray<ClaimedReplay>) => TaskEither<Unavailable, void>
}
