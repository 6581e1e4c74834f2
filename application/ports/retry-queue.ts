import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { DeadLetter } from './failed-events.ts'
import type { Unavailable } from './unavailable.ts'

/** A dead letter in this process's hands; nobody else has it until the claim runs out. */
export interface ClaimedLetter extends DeadLetter {
  /** Retries of the worker that have ended. */
  readonly retries: number
}

/** What a letter says was wrong with it; no value of the payload. */
export interface Problem { readonly reason: string; readonly pointer: string; readonly message: string }

/** How a retry ended. Without `retryInSeconds` a failed one is exhausted. */
export type Concluded = Pick<DeadLetter, 'companyId' | 'id'> & (
  | { readonly outcome: 'applied' }
  | { readonly outcome: 'failed'; readonly problem: Problem; readonly retryInSeconds?: number | undefined })

/** Dead letters that fall due. Contract: test/contract/retry-queue.contract.ts */
export interface RetryQueue {
  /**
   * Due letters of active companies, by turns among the companies, and what the broker was to deliver again and has not for an
   * hour; `body` is the edited one where there is one. A claim that was
   * never concluded, for its process died, runs out after `claimSeconds`; such a letter is claimed alone, its attempt counted
   * as started, and exhausted with `KILLS_PROCESS` instead when `MOST_UNFINISHED` say so (design 8).
   */
  readonly claimDue: (limit: number, claimSeconds: number) => TaskEither<Unavailable, ReadonlyArray<ClaimedLetter>>
  /** Set-based; `exhausted_events` is kept in step. Ends the claims. */
  readonly conclude: (outcomes: ReadonlyArray<Concluded>) => TaskEither<Unavailable, void>
  /** Ends claims without an attempt: a dependency is down. */
  readonly release: (letters: ReadonlyArray<Pick<DeadLetter, 'companyId' | 'id'>>) => TaskEither<Unavailable, void>
}
