import { randomUUID } from 'node:crypto'
import type { CompanyId } from '../../domain/company.ts'

/** A company that no other test knows, so that tests can share a store. */
export const aCompanyId = (): CompanyId => `C-${randomUUID()}` as CompanyId
