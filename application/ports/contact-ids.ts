import type { CompanyId } from '../../domain/company.ts'
import type { ContactId } from '../../domain/contact/contact.ts'

/** UUIDv5 of (company, agent, phone as sent): the same contact has the same id wherever it is made (design 5). */
export type ContactIdOf = (companyId: CompanyId, agentId: string, phoneNumber: string) => ContactId
