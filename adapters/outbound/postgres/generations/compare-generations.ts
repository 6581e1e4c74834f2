import { sql, type RawBuilder } from 'kysely'
import type { Compared, Difference, Group } from '../../../../application/ports/generations.ts'
import type { ProjectionName } from '../../../../application/projections/read-models.ts'
import type { Database } from '../in-role.ts'
import { readModelTable } from '../read-model-tables.ts'
import { tableIn, type ReadSchema } from '../read-model-schema.ts'
import { totalsOf } from './group-tables.ts'

/** A chat of which only messages are known is shown to nobody; whether it has a row depends on how the log was cut into pages. */
const SHOWN: Readonly<Partial<Record<ProjectionName, RawBuilder<unknown>>>> = { chat_overview: sql`where t.visible` }

/**
 * All that readers see, and the words of `merge`, whose order depends on how the log was cut into pages. Not when it was written.
 */
const CONTENTS = sql`(to_jsonb(t) - array['updated_at', 'merge'])::text || coalesce((select string_agg(w, ' ' order by w collate "C")
  from regexp_split_to_table(to_jsonb(t) ->> 'merge', '[][{}, ]+') as w), '')`

/** The same rows in both generations: chosen by their keys. */
const chosen = (id: string, percent: number): RawBuilder<unknown> =>
  sql`(hashtextextended(t.${sql.ref(id)}, 0) & 1073741823) % 100 < ${percent}::integer`

const summed = (schema: ReadSchema, name: ProjectionName, percent: number): RawBuilder<unknown> => {
  const { table, id } = readModelTable(schema, name)
  return sql`(select company_id, count(*) as n, count(hash) as hashed, sum(hash) as hash from (
    select t.company_id, case when ${chosen(id, percent)} then hashtextextended(${CONTENTS}, 0)::numeric end as hash
    from ${sql.table(table)} t ${SHOWN[name] ?? sql``}) as r group by company_id)`
}

interface CompanyRow {
  readonly company_id: string
  readonly served: number
  readonly beside: number
  readonly hashed: number
  readonly same: boolean
}

const compareTable = async (tx: Database, name: ProjectionName, percent: number): Promise<ReadonlyArray<CompanyRow>> =>
  (await sql<CompanyRow>`select company_id, coalesce(s.n, 0)::float8 as served, coalesce(b.n, 0)::float8 as beside,
      coalesce(s.hashed, 0)::float8 as hashed, (s.n, s.hash) is not distinct from (b.n, b.hash) as same
    from ${summed('read', name, percent)} s full join ${summed('read_beside', name, percent)} b using (company_id)
    order by company_id`.execute(tx)).rows

const compareTotals = async (tx: Database, column: string): Promise<ReadonlyArray<Difference>> => {
  const value = (alias: string): RawBuilder<unknown> => sql`coalesce(${sql.ref(`${alias}.${column}`)}, 0)`
  const { rows } = await sql<Omit<Difference, 'what'>>`select company_id as "companyId", ${value('s')}::float8 as served, ${value('b')}::float8 as beside
    from ${tableIn('read', 'company_totals')} s full join ${tableIn('read_beside', 'company_totals')} b using (company_id)
    where ${value('s')} <> ${value('b')} order by company_id`.execute(tx)
  return rows.map((row) => ({ what: `company_totals.${column}`, ...row }))
}

const sum = (rows: ReadonlyArray<CompanyRow>, column: 'served' | 'hashed'): number => rows.reduce((total, row) => total + row[column], 0)

/** What both generations hold, as `tx` sees it. */
export const compareGenerations = async (tx: Database, group: Group, percent: number): Promise<Compared> => {
  const differences: Difference[] = []
  const companies = new Set<string>()
  let [rows, hashed] = [0, 0]
  for (const what of group) {
    const compared = await compareTable(tx, what, percent)
    for (const { company_id: companyId, served, beside, same } of compared) {
      companies.add(companyId)
      if (!same) differences.push({ what, companyId, served, beside })
    }
    rows += sum(compared, 'served')
    hashed += sum(compared, 'hashed')
  }
  for (const column of totalsOf(group)) differences.push(...await compareTotals(tx, column))
  return { companies: companies.size, rows, hashed, differences }
}
