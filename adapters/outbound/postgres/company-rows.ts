import { sql } from 'kysely'
import type { Company } from '../../../application/ports/companies.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { Database } from './in-role.ts'

interface CompanyRow {
  readonly company_id: CompanyId
  readonly status: Company['status']
  readonly weight: number
  readonly limits: Company['limits'] | null
}

const toCompany = ({ company_id, status, weight, limits }: CompanyRow): Company =>
  ({ companyId: company_id, status, weight, limits: limits ?? {} })

/** All that the transaction may see; its scope is the filter. */
export const visibleCompanies = async (tx: Database): Promise<ReadonlyArray<Company>> =>
  (await sql<CompanyRow>`select company_id, status, weight, limits from daisi.companies order by company_id`.execute(tx)).rows.map(toCompany)

/** Held until the transaction ends. */
export const heldCompany = async (tx: Database, companyId: string): Promise<Company | undefined> =>
  (await sql<CompanyRow>`select company_id, status, weight, limits from daisi.companies where company_id = ${companyId}
    for no key update`.execute(tx)).rows.map(toCompany)[0]

export const writeCompany = async (tx: Database, { companyId, status, weight, limits }: Company): Promise<void> => {
  await sql`update daisi.companies set status = ${status}, weight = ${weight}, limits = ${JSON.stringify(limits)}::jsonb, updated_at = now()
    where company_id = ${companyId}`.execute(tx)
}
