import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Companies, Company } from '../../../application/ports/companies.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { attemptOwn } from './attempt.ts'
import { asWriter, asWriterOfAll, type Database } from './in-role.ts'

interface CompanyRow {
  readonly company_id: CompanyId
  readonly status: Company['status']
  readonly weight: number
  readonly limits: Company['limits'] | null
}

const toCompany = ({ company_id, status, weight, limits }: CompanyRow): Company =>
  ({ companyId: company_id, status, weight, limits: limits ?? {} })

/** All that the transaction may see; its scope is the filter. */
const visible = async (tx: Database): Promise<ReadonlyArray<Company>> =>
  (await sql<CompanyRow>`select company_id, status, weight, limits from daisi.companies order by company_id`.execute(tx)).rows.map(toCompany)

export const postgresCompanies = (orm: MikroORM): Companies => ({
  register: (ids) => attemptOwn(() => asWriter(orm, ids, async (tx) => {
    await sql`insert into daisi.companies (company_id) select distinct c from unnest(${[...ids]}::text[]) as c order by c
      on conflict (company_id) do nothing`.execute(tx)
    return visible(tx)
  })),
  all: () => attemptOwn(() => asWriterOfAll(orm, visible)),
})
