import type { AggregateKind, Aggregates } from '../../../application/aggregates.ts'
import type { Change } from '../../../application/ports/transactions.ts'

/**
 * How a column travels: `json` holds JSON text that must come and go unparsed, so that large integers survive; the
 * others are PostgreSQL's own types.
 */
export type ColumnType = 'text' | 'bigint' | 'integer' | 'boolean' | 'date' | 'timestamptz' | 'jsonb' | 'json'

/** Where one kind of aggregate is stored (contract 7); everything the set-based statements need to know of it. */
export interface AggregateTable<K extends AggregateKind> {
  readonly table: string
  /** Column of the aggregate's id; the key is (company_id, id). */
  readonly id: string
  /** Written columns besides key, row_version and last_metadata. */
  readonly columns: Readonly<Record<string, ColumnType>>
  /** Columns that the state is made from. */
  readonly stateColumns: ReadonlyArray<string>
  readonly toRow: (change: Change<K>) => Readonly<Record<string, unknown>>
  /** `row` holds `stateColumns`. */
  readonly toState: (row: Readonly<Record<string, unknown>>) => Aggregates[K]['state']
  /** Only for kinds whose updates may come before them: the state kept in `early_facts`, or undefined where it has a row of its own. */
  readonly early?: {
    readonly toJson: (state: Aggregates[K]['state']) => unknown
    readonly toState: (json: unknown) => Aggregates[K]['state']
  }
}

/** An early aggregate lives in `early_facts`, any other in its table. */
export const isEarly = (state: object): boolean => 'kind' in state && state.kind === 'early'
