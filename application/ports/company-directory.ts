import type { Company } from './companies.ts'
import type { Found } from './finder-page.ts'

/** The registry as operators see it. Contract: test/contract/company-changes.contract.ts */
export interface CompanyDirectory {
  /** By id; of the operator's scope only. */
  readonly all: () => Found<ReadonlyArray<Company>>
}
