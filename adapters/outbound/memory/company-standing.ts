import * as TE from 'fp-ts/lib/TaskEither.js'
import type { CompanyStanding } from '../../../application/ports/company-standing.ts'
import type { CompanyId } from '../../../domain/company.ts'

export interface MemoryCompanyStanding extends CompanyStanding { readonly suspend: (companyId: CompanyId) => void }

export const memoryCompanyStanding = (): MemoryCompanyStanding => {
  const suspended = new Set<CompanyId>()
  return {
    isSuspended: (companyId) => TE.fromIO(() => suspended.has(companyId)),
    suspend: (companyId) => { suspended.add(companyId) },
  }
}
