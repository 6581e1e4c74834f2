import type { CompanyDirectory } from '../../../application/ports/company-directory.ts'
import type { FailedEvent } from '../../../application/ports/failed-events.ts'
import { done } from './done.ts'
import type { MemoryOperations } from './replays.ts'

export const memoryCompanyDirectory = ({ companies }: MemoryOperations, scope: FailedEvent['companyId'] | undefined): CompanyDirectory => ({
  all: () => done(() => [...companies.values()].filter(({ companyId }) => scope === undefined || companyId === scope)
    .sort((a, b) => (a.companyId < b.companyId ? -1 : 1))),
})
