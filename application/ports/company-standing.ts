import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CompanyId } from '../../domain/company.ts'
import type { Unavailable } from './unavailable.ts'

/** A stream that holds events of a company which are not applied yet; publish time of the oldest, ms since 1970. */
export interface Unprocessed { readonly stream: string; readonly since: number }

/** Contract: test/contract/company-standing.contract.ts */
export interface CompanyStanding {
  /** False for a company that the registry does not know. */
  readonly isSuspended: (companyId: CompanyId) => TaskEither<Unavailable, boolean>
  /** As ingest saved it last (`AcknowledgedPositions`), by stream; empty when all is applied, or nothing is known. */
  readonly unprocessed: (companyId: CompanyId) => TaskEither<Unavailable, ReadonlyArray<Unprocessed>>
}
