import type { AggregateKind, Aggregates } from '../../../application/aggregates.ts'

/**
 * How a column travels: `json` holds JSON text that must come and go unparsed, so that large integers survive; the
 * others are PostgreSQL's own types.
 */
export type ColumnType = 'text' | 'bigint' | 'integer' | 'boolean' | 'date' | 'timestamptz' | 'jsonb' | 'json'

/** A table that holds one state a row, key (company_id, id); all that the set-based statements need to know of it. */
export interface StateTable<State> {
  readonly table: string
  /** Column of the id. */
  readonly id: string
  /** Written columns besides the key. */
  readonly columns: Readonly<Record<string, ColumnType>>
  /** Columns that the state is made from. */
  readonly stateColumns: ReadonlyArray<string>
  readonly toRow: (state: State) => Readonly<Record<string, unknown>>
  /** `row` holds `stateColumns`. */
  readonly toState: (row: Readonly<Record<string, unknown>>) => State
}

/** Where one kind of aggregate is stored (contract 7). */
export interface AggregateTable<K extends AggregateKind> extends StateTable<Aggregates[K]['state']> {
  /** Only for kinds whose updates may come before them: their state as JSON in `early_facts`. */
  readonly early?: {
    readonly toJson: (state: Aggregates[K]['state']) => unknown
    readonly toState: (json: unknown) => Aggregates[K]['state']
  }
}

/** An early aggregate lives in `early_facts`, any other in its table. */
export const isEarly = (state: object): boolean => 'kind' in state && state.kind === 'early'
