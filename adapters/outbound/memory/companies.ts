import type { Companies, Company } from '../../../application/ports/companies.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { done } from './done.ts'

const byId = (a: Company, b: Company): number => (a.companyId < b.companyId ? -1 : 1)

export const memoryCompanies = (): Companies => {
  const known = new Map<CompanyId, Company>()
  const registered = (companyId: CompanyId): Company => {
    const company = known.get(companyId) ?? { companyId, status: 'active', weight: 1, limits: {} }
    known.set(companyId, company)
    return company
  }
  return {
    register: (ids) => done(() => [...new Set(ids)].map(registered).sort(byId)),
    all: () => done(() => [...known.values()].sort(byId)),
  }
}
