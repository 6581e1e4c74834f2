import type { Found } from './finder-page.ts'

/** Of the company that the reads were opened for. */
export interface CompanyTotals { readonly chats: number; readonly messages: number; readonly unread: number }

/** Contract: test/contract/finders.contract.ts */
export interface CompanyFinder {
  /** Chats that have been opened, stored messages, sum of unread counts. One statement. */
  readonly totals: () => Found<CompanyTotals>
}
