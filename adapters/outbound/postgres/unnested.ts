import { sql, type RawBuilder } from 'kysely'
import type { ColumnType } from './aggregate-table.ts'
import { binaryArray, type BinaryType } from './binary-array.ts'

/** `value` is made of the record `r`; the column itself, in its type, if absent. */
export interface Column { readonly name: string; readonly type: ColumnType; readonly value?: RawBuilder<unknown> }

/** What is not listed travels as text, JSON too, whoever made it; the statement turns it into its type. */
const TRAVELS_AS: Readonly<Record<ColumnType, BinaryType>> = {
  bigint: 'bigint', integer: 'integer', boolean: 'boolean', text: 'text', date: 'text', timestamptz: 'text', json: 'text', jsonb: 'text',
}

const toValue = (value: unknown, type: ColumnType): unknown =>
  (type === 'jsonb' && value !== undefined && value !== null ? JSON.stringify(value) : value)

/**
 * All rows as one array a column: `unnest(…) as r(…)`. Measured: `json_to_recordset` of the same rows takes PostgreSQL
 * 85 µs a row of 22 columns, more than the insert itself (ADR 0004). `rows` are objects by column name.
 */
export const unnested = (columns: ReadonlyArray<Column>, rows: ReadonlyArray<Readonly<Record<string, unknown>>>): RawBuilder<unknown> => {
  const arrays = columns.map(({ name, type }) =>
    sql`${binaryArray(TRAVELS_AS[type], rows.map((row) => toValue(row[name], type)))}::${sql.raw(TRAVELS_AS[type])}[]`)
  return sql`unnest(${sql.join(arrays)}) as r(${sql.join(columns.map(({ name }) => sql.ref(name)))})`
}

/** JSON is stored as jsonb. */
const storedAs = (type: ColumnType): ColumnType => (type === 'json' ? 'jsonb' : type)

/** The column of `r` as it is stored. */
export const unnestedValue = ({ name, type, value }: Column): RawBuilder<unknown> =>
  value ?? (TRAVELS_AS[type] === type ? sql`r.${sql.ref(name)}` : sql`r.${sql.ref(name)}::${sql.raw(storedAs(type))}`)
