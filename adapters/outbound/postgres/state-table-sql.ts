import { sql, type RawBuilder } from 'kysely'
import type { AggregateKey } from '../../../application/ports/transactions.ts'
import type { ColumnType, StateTable } from './aggregate-table.ts'

type AnyTable = Pick<StateTable<never>, 'table' | 'id' | 'columns' | 'stateColumns'>

/** What is written to a row beside its state's columns. */
export interface ExtraColumn {
  readonly name: string
  readonly type: ColumnType
  /** Of the record `r`; the column itself if absent. */
  readonly value?: RawBuilder<unknown>
}

export const companiesOf = (keys: ReadonlyArray<AggregateKey>): string[] => keys.map(({ companyId }) => companyId)
export const idsOf = (keys: ReadonlyArray<AggregateKey>): string[] => keys.map(({ id }) => id)

/** The state's columns as one JSON text; columns of JSON go as strings inside it, so that nobody parses them. */
const stateOf = ({ stateColumns, columns }: AnyTable): RawBuilder<unknown> =>
  sql`json_build_object(${sql.join(stateColumns.flatMap((column) =>
    [sql.lit(column), columns[column] === 'json' ? sql`a.${sql.ref(column)}::text` : sql`a.${sql.ref(column)}`]))})::text`

/** Columns `company_id`, `id`, `extra…`, `data` of the rows with these keys. */
export const selectStates = (table: AnyTable, keys: ReadonlyArray<AggregateKey>, extra: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select ${extra}, a.company_id, a.${sql.ref(table.id)} as id, ${stateOf(table)} as data
    from unnest(${companiesOf(keys)}::text[], ${idsOf(keys)}::text[]) as k(company_id, id)
    join ${sql.table(table.table)} a on a.company_id = k.company_id and a.${sql.ref(table.id)} = k.id`

/** JSON text travels as text and becomes jsonb in the statement; jsonb of our own making is read as it is. */
const recordType = (type: ColumnType): ColumnType => (type === 'json' ? 'text' : type)

const columnOf = (name: string, type: ColumnType): Required<ExtraColumn> =>
  ({ name, type, value: type === 'json' ? sql`r.${sql.ref(name)}::jsonb` : sql`r.${sql.ref(name)}` })

/**
 * Writes all `rows` (objects by column name, with `company_id` and `id`) as one parameter, existing ones replaced; in order of
 * their keys, so that writers never deadlock.
 */
export const upsertStates = (
  { table, id, columns }: AnyTable, rows: ReadonlyArray<object>, extra: ReadonlyArray<ExtraColumn>,
): RawBuilder<unknown> => {
  const all = [...Object.entries(columns).map(([name, type]) => columnOf(name, type)),
    ...extra.map((column) => ({ ...columnOf(column.name, column.type), ...column }))]
  const written = all.map(({ name }) => name)
  const refs = sql.join(written.map((name) => sql.ref(name)))
  const types = sql.join(all.map(({ name, type }) => sql`${sql.ref(name)} ${sql.raw(recordType(type))}`))
  const values = sql.join(all.map(({ value }) => value))
  const updates = sql.join(written.map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`))
  return sql`insert into ${sql.table(table)} (company_id, ${sql.ref(id)}, ${refs})
    select r.company_id, r.id, ${values} from json_to_recordset(${JSON.stringify(rows)}::json) as r(company_id text, id text, ${types})
    order by r.company_id, r.id
    on conflict (company_id, ${sql.ref(id)}) do update set updated_at = now(), ${updates}`
}
