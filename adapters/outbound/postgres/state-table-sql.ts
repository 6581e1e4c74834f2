import { sql, type RawBuilder } from 'kysely'
import type { AggregateKey } from '../../../application/ports/transactions.ts'
import type { StateTable } from './aggregate-table.ts'
import { binaryArray } from './binary-array.ts'
import { unnested, unnestedValue, type Column } from './unnested.ts'

type AnyTable = Pick<StateTable<never>, 'table' | 'id' | 'columns' | 'stateColumns'>

/** As parameters: the server reads a thousand keys in text form longer than it looks for them (ADR 0019). */
export const companiesOf = (keys: ReadonlyArray<AggregateKey>): Buffer => binaryArray('text', keys.map(({ companyId }) => companyId))
export const idsOf = (keys: ReadonlyArray<AggregateKey>): Buffer => binaryArray('text', keys.map(({ id }) => id))

/** The state's columns as one JSON text; columns of JSON go as strings inside it, so that nobody parses them. */
const stateOf = ({ stateColumns, columns }: AnyTable): RawBuilder<unknown> =>
  sql`json_build_object(${sql.join(stateColumns.flatMap((column) =>
    [sql.lit(column), columns[column] === 'json' ? sql`a.${sql.ref(column)}::text` : sql`a.${sql.ref(column)}`]))})::text`

/** Columns `company_id`, `id`, `extra…`, `data` of the rows with these keys. */
export const selectStates = (table: AnyTable, keys: ReadonlyArray<AggregateKey>, extra: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select ${extra}, a.company_id, a.${sql.ref(table.id)} as id, ${stateOf(table)} as data
    from unnest(${companiesOf(keys)}::text[], ${idsOf(keys)}::text[]) as k(company_id, id)
    join ${sql.table(table.table)} a on a.company_id = k.company_id and a.${sql.ref(table.id)} = k.id`

const KEY: ReadonlyArray<Column> = [{ name: 'company_id', type: 'text' }, { name: 'id', type: 'text' }]

type KeyedRow = Readonly<Record<string, unknown>> & { readonly company_id: string; readonly id: string }

/** All writers take rows in the same order, so that they never deadlock. */
const byKey = (a: KeyedRow, b: KeyedRow): number => {
  const [left, right] = a.company_id === b.company_id ? [a.id, b.id] : [a.company_id, b.company_id]
  return left < right ? -1 : left > right ? 1 : 0
}

/** Writes all `rows` (objects by column name, with `company_id` and `id`), existing ones replaced; in order of their keys. */
export const upsertStates = ({ table, id, columns }: AnyTable, rows: ReadonlyArray<KeyedRow>,
  extra: ReadonlyArray<Column>): RawBuilder<unknown> => {
  const own = Object.entries(columns).map(([name, type]): Column => ({ name, type }))
  const all = [...own, ...extra]
  const refs = sql.join(all.map(({ name }) => sql.ref(name)))
  const values = sql.join(all.map(unnestedValue))
  const updates = sql.join(all.map(({ name }) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`))
  return sql`insert into ${sql.table(table)} (company_id, ${sql.ref(id)}, ${refs})
    select r.company_id, r.id, ${values} from ${unnested([...KEY, ...all], [...rows].sort(byKey))}
    on conflict (company_id, ${sql.ref(id)}) do update set updated_at = now(), ${updates}`
}
