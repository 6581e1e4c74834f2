import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { CompanyStanding, Unprocessed } from '../../../application/ports/company-standing.ts'
import { attemptOwn } from './attempt.ts'
import { asReader } from './in-role.ts'

/** Looks into the registry and what ingest remembers, which live beside the write side. */
export const postgresCompanyStanding = (orm: MikroORM): CompanyStanding => ({
  isSuspended: (companyId) => attemptOwn(() => asReader(orm, companyId, async (tx) => {
    const { rows } = await sql`select from daisi.companies where company_id = ${companyId} and status = 'suspended'`.execute(tx)
    return rows.length > 0
  })),
  unprocessed: (companyId) => attemptOwn(() => asReader(orm, companyId, async (tx) =>
    (await sql<Unprocessed>`select stream, (extract(epoch from unprocessed_since) * 1000)::float8 as since
      from daisi.acknowledged_positions where company_id = ${companyId} and unprocessed_since is not null order by stream`.execute(tx)).rows)),
})
