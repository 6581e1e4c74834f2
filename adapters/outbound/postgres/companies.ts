import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Acknowledged, AcknowledgedPositions, Companies, Company } from '../../../application/ports/companies.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { attemptOwn } from './attempt.ts'
import { asWriter, type Database } from './in-role.ts'

interface CompanyRow { readonly company_id: CompanyId; readonly status: Company['status']; readonly weight: number }

const toCompany = ({ company_id, status, weight }: CompanyRow): Company => ({ companyId: company_id, status, weight })

const among = async (tx: Database, ids: ReadonlyArray<CompanyId>): Promise<ReadonlyArray<Company>> =>
  (await sql<CompanyRow>`select company_id, status, weight from daisi.companies where company_id = any(${[...ids]}::text[])`.execute(tx)).rows.map(toCompany)

export const postgresCompanies = (orm: MikroORM): Companies => ({
  register: (ids) => attemptOwn(() => asWriter(orm, ids, async (tx) => {
    await sql`insert into daisi.companies (company_id) select distinct c from unnest(${[...ids]}::text[]) as c order by c
      on conflict (company_id) do nothing`.execute(tx)
    return among(tx, ids)
  })),
  all: () => attemptOwn(() => asWriter(orm, [], async (tx) =>
    (await sql<CompanyRow>`select company_id, status, weight from daisi.companies order by company_id`.execute(tx)).rows.map(toCompany))),
})

interface PositionRow { readonly company_id: CompanyId; readonly stream: string; readonly sequence: string }

export const postgresAcknowledgedPositions = (orm: MikroORM): AcknowledgedPositions => ({
  save: (positions) => attemptOwn(() => asWriter(orm, [], async (tx) => {
    const [companies, streams, sequences] = [positions.map((p): string => p.companyId), positions.map((p) => p.stream), positions.map((p) => p.sequence)]
    await sql`insert into daisi.acknowledged_positions as p (company_id, stream, sequence)
      select * from unnest(${companies}::text[], ${streams}::text[], ${sequences}::bigint[]) order by 1, 2
      on conflict (company_id, stream) do update set sequence = excluded.sequence, updated_at = now() where p.sequence < excluded.sequence`.execute(tx)
  })),
  of: (companyIds) => attemptOwn(() => asWriter(orm, [], async (tx) =>
    (await sql<PositionRow>`select company_id, stream, sequence from daisi.acknowledged_positions where company_id = any(${[...companyIds]}::text[])`.execute(tx))
      .rows.map(({ company_id, stream, sequence }): Acknowledged => ({ companyId: company_id, stream, sequence: Number(sequence) })))),
})
