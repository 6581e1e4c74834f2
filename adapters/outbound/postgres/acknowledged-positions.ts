import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Acknowledged, AcknowledgedPositions } from '../../../application/ports/companies.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { attemptOwn } from './attempt.ts'
import { asWriter, asWriterOfAll } from './in-role.ts'

interface PositionRow { readonly company_id: CompanyId; readonly stream: string; readonly sequence: string }

const toAcknowledged = ({ company_id, stream, sequence }: PositionRow): Acknowledged =>
  ({ companyId: company_id, stream, sequence: Number(sequence) })

export const postgresAcknowledgedPositions = (orm: MikroORM): AcknowledgedPositions => ({
  save: (positions) => attemptOwn(async () => {
    if (positions.length === 0) return
    const companies = positions.map(({ companyId }): string => companyId)
    const [streams, sequences] = [positions.map(({ stream }) => stream), positions.map(({ sequence }) => sequence)]
    const since = positions.map(({ unprocessedSince }) => unprocessedSince ?? null)
    await asWriter(orm, [...new Set(companies)], (tx) => sql`
      insert into daisi.acknowledged_positions as p (company_id, stream, sequence, unprocessed_since)
      select company_id, stream, max(sequence), to_timestamp(min(since) / 1000)
      from unnest(${companies}::text[], ${streams}::text[], ${sequences}::bigint[], ${since}::float8[])
        as n(company_id, stream, sequence, since)
      group by company_id, stream order by company_id, stream
      on conflict (company_id, stream) do update set sequence = greatest(p.sequence, excluded.sequence),
        unprocessed_since = excluded.unprocessed_since,
        updated_at = case when p.sequence < excluded.sequence then now() else p.updated_at end
      where p.sequence < excluded.sequence or p.unprocessed_since is distinct from excluded.unprocessed_since`.execute(tx))
  }),
  of: (companyIds) => attemptOwn(() => asWriter(orm, companyIds, async (tx) =>
    (await sql<PositionRow>`select company_id, stream, sequence from daisi.acknowledged_positions order by company_id, stream`.execute(tx))
      .rows.map(toAcknowledged))),
  forget: (stream, ageMs) => attemptOwn(() => asWriterOfAll(orm, async (tx) => {
    await sql`update daisi.acknowledged_positions set sequence = 0
      where stream = ${stream} and sequence > 0 and updated_at < now() - ${ageMs}::float8 * interval '1 millisecond'`.execute(tx)
  })),
})
