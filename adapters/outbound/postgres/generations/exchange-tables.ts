import { sql, type RawBuilder } from 'kysely'
import type { Group } from '../../../../application/ports/generations.ts'
import type { Database } from '../in-role.ts'
import { tableIn, type ReadSchema } from '../read-model-schema.ts'
import { totalsOf } from './group-tables.ts'

const POSITION = ['epoch', 'xid', 'seq', 'fact_at'] as const

const list = (columns: ReadonlyArray<string>, prefix = ''): RawBuilder<unknown> => sql.raw(columns.map((column) => `${prefix}${column}`).join(', '))

const updates = (columns: ReadonlyArray<string>): RawBuilder<unknown> =>
  sql.raw(columns.map((column) => `${column} = excluded.${column}`).join(', '))

/** Each side's checkpoints become the other's; one that there is none of stands at the origin. */
export const exchangeCheckpoints = async (tx: Database, group: Group): Promise<void> => {
  const kept = (schema: ReadSchema): RawBuilder<unknown> => sql`(select n.name, coalesce(c.epoch, 0) as epoch, coalesce(c.xid, '0') as xid,
    coalesce(c.seq, 0) as seq, c.fact_at from unnest(${[...group]}::text[]) as n(name) left join ${tableIn(schema, 'checkpoint')} c using (name))`
  const put = (schema: ReadSchema, from: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    insert into ${tableIn(schema, 'checkpoint')} (name, ${list(POSITION)}) select name, ${list(POSITION)} from ${from}
    on conflict (name) do update set updated_at = now(), ${updates(POSITION)}`
  await sql`with served as materialized ${kept('read')}, beside as materialized ${kept('read_beside')}, put as (${put('read', sql`beside`)})
    ${put('read_beside', sql`served`)}`.execute(tx)
}

/** Of the columns that the group keeps; the others of a row belong to projections that stay. */
export const exchangeTotals = async (tx: Database, group: Group): Promise<void> => {
  const columns = totalsOf(group)
  if (columns.length === 0) return
  const zero = (prefix: string): RawBuilder<unknown> => sql.raw(columns.map((column) => `coalesce(${prefix}.${column}, 0)`).join(', '))
  const put = (schema: ReadSchema, from: string): RawBuilder<unknown> => sql`
    insert into ${tableIn(schema, 'company_totals')} (company_id, ${list(columns)}) select company_id, ${zero(from)}
    from served full join beside using (company_id) on conflict (company_id) do update set ${updates(columns)}`
  await sql`with served as materialized (select company_id, ${list(columns)} from ${tableIn('read', 'company_totals')}),
      beside as materialized (select company_id, ${list(columns)} from ${tableIn('read_beside', 'company_totals')}),
      put as (${put('read', 'beside')}) ${put('read_beside', 'served')}`.execute(tx)
}

/** Over a third schema, for the names of indexes are taken in the other two. One statement: it runs while readers wait. */
export const exchangeTables = async (tx: Database, group: Group): Promise<void> => {
  const moves = group.flatMap((name) => [`alter table read.${name} set schema read_switch`, `alter table read_beside.${name} set schema read`,
    `alter table read_switch.${name} set schema read_beside`])
  await sql.raw(`do $$ begin ${moves.join('; ')}; end $$`).execute(tx)
}
