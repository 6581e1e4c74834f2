import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { CompanyStanding } from '../../../application/ports/company-standing.ts'
import { attemptOwn } from './attempt.ts'
import { asReader } from './in-role.ts'

/** Looks into the registry, which lives beside the write side. */
export const postgresCompanyStanding = (orm: MikroORM): CompanyStanding => ({
  isSuspended: (companyId) => attemptOwn(() => asReader(orm, companyId, async (tx) => {
    const { rows } = await sql`select from daisi.companies where company_id = ${companyId} and status = 'suspended'`.execute(tx)
    return rows.length > 0
  })),
})
