import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CompanyId } from '../../domain/company.ts'
import type { Unavailable } from './unavailable.ts'

/** Contract: test/contract/company-standing.contract.ts */
export interface CompanyStanding {
  /** False for a company that the registry does not know. */
  readonly isSuspended: (companyId: CompanyId) => TaskEither<Unavailable, boolean>
}
