import type { CompanyTotals } from './company-totals.ts'
import type { Found } from './finder-page.ts'

/** Contract: test/contract/finders.contract.ts */
export interface CompanyFinder {
  /** Of the company that the reads were opened for; exact as of the projections, and cheap. */
  readonly totals: () => Found<CompanyTotals>
}
