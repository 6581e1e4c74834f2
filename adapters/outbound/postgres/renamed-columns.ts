import type { StateTable } from './aggregate-table.ts'

type Names = Readonly<Record<string, string>>
type Row = Readonly<Record<string, unknown>>

const withNames = <T>(row: Readonly<Record<string, T>>, names: Names): Record<string, T> => {
  const result: Record<string, T> = {}
  for (const [name, value] of Object.entries(row)) result[names[name] ?? name] = value
  return result
}

/** The same states in a table whose columns have other names; `names` lists those that differ, from old to new. */
export const renamed = <State>(table: StateTable<State>, names: Names): StateTable<State> => {
  const original: Names = Object.fromEntries(Object.entries(names).map(([before, after]) => [after, before]))
  return {
    ...table,
    columns: withNames(table.columns, names),
    stateColumns: table.stateColumns.map((name) => names[name] ?? name),
    toRow: (state): Row => withNames(table.toRow(state), names),
    toState: (row) => table.toState(withNames(row, original)),
  }
}
