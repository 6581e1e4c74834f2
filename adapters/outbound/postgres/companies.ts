import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Companies } from '../../../application/ports/companies.ts'
import { attemptOwn } from './attempt.ts'
import { visibleCompanies } from './company-rows.ts'
import { asWriter, asWriterOfAll } from './in-role.ts'

export const postgresCompanies = (orm: MikroORM): Companies => ({
  register: (ids) => attemptOwn(() => asWriter(orm, ids, async (tx) => {
    await sql`insert into daisi.companies (company_id) select distinct c from unnest(${[...ids]}::text[]) as c order by c
      on conflict (company_id) do nothing`.execute(tx)
    return visibleCompanies(tx)
  })),
  all: () => attemptOwn(() => asWriterOfAll(orm, visibleCompanies)),
})
