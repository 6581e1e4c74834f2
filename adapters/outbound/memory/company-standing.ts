import * as TE from 'fp-ts/lib/TaskEither.js'
import type { CompanyStanding, Unprocessed } from '../../../application/ports/company-standing.ts'
import type { CompanyId } from '../../../domain/company.ts'

export interface MemoryCompanyStanding extends CompanyStanding { readonly suspend: (companyId: CompanyId) => void }

/** `unprocessed`: what ingest remembers, see `memoryAcknowledgedPositions`. */
export const memoryCompanyStanding = (unprocessed: (companyId: CompanyId) => ReadonlyArray<Unprocessed>): MemoryCompanyStanding => {
  const suspended = new Set<CompanyId>()
  return {
    isSuspended: (companyId) => TE.fromIO(() => suspended.has(companyId)),
    unprocessed: (companyId) => TE.fromIO(() => unprocessed(companyId)),
    suspend: (companyId) => { suspended.add(companyId) },
  }
}
