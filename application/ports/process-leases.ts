import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CompanyId } from '../../domain/company.ts'
import type { Unavailable } from './unavailable.ts'

/** An ingest process that lives; without companies it takes any. */
export interface LiveProcess { readonly holder: string; readonly companyIds: ReadonlyArray<CompanyId> }

/** Who shares the companies. Contract: test/contract/process-leases.contract.ts */
export interface ProcessLeases {
  /** Says that a process lives for another `seconds`, by the store's clock, and answers all that live, by holder. */
  readonly renew: (process: LiveProcess, seconds: number) => TaskEither<Unavailable, ReadonlyArray<LiveProcess>>
  /** It lives no more: the others need not wait for the lease to run out. */
  readonly end: (holder: string) => TaskEither<Unavailable, void>
}
