import { sql, type RawBuilder } from 'kysely'
import type { AggregateKind } from '../../../application/aggregates.ts'
import { keyOf, type AggregateKey, type Loaded, type Versioned, type Wanted } from '../../../application/ports/transactions.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { aggregateTables } from './aggregate-tables.ts'
import { binaryArray } from './binary-array.ts'
import type { Send } from './pipelined-client.ts'
import { companiesOf, idsOf, selectStates } from './state-table-sql.ts'

interface LoadedRow {
  readonly kind: AggregateKind
  readonly company_id: CompanyId
  readonly id: string
  readonly row_version: number
  /** The state's columns as JSON text. */
  readonly data: string
  readonly early: boolean
}

const rowsOf = (kind: AggregateKind, keys: ReadonlyArray<AggregateKey>): RawBuilder<unknown> =>
  selectStates(aggregateTables[kind], keys, sql`${sql.lit(kind)} as kind, a.row_version, false as early`)

const earlyRowsOf = (groups: ReadonlyArray<readonly [AggregateKind, ReadonlyArray<AggregateKey>]>): RawBuilder<unknown> => {
  const keys = groups.flatMap(([, ofKind]) => ofKind)
  const kinds = binaryArray('text', groups.flatMap(([kind, ofKind]) => ofKind.map((): string => kind)))
  return sql`select e.kind, e.row_version, true, e.company_id, e.aggregate_id, e.state::text
    from unnest(${kinds}::text[], ${companiesOf(keys)}::text[], ${idsOf(keys)}::text[]) as k(kind, company_id, id)
    join daisi.early_facts e on e.company_id = k.company_id and e.kind = k.kind and e.aggregate_id = k.id`
}

const stateFrom = ({ kind, early, data }: LoadedRow): unknown => {
  const spec = aggregateTables[kind]
  const json = JSON.parse(data) as Readonly<Record<string, unknown>>
  if (!early) return spec.toState(json)
  if (spec.early === undefined) throw new TypeError(`${kind} has no early facts`)
  return spec.early.toState(json)
}

/** All wanted aggregates of all kinds in one statement. */
export const loadAggregates = async (send: Send, wanted: Wanted): Promise<Loaded> => {
  const groups = (Object.entries(wanted) as [AggregateKind, ReadonlyArray<AggregateKey>][]).filter(([, keys]) => keys.length > 0)
  const loaded = new Map<AggregateKind, Map<string, Versioned<unknown>>>(groups.map(([kind]) => [kind, new Map()]))
  if (groups.length === 0) return {}
  const withEarly = groups.filter(([kind]) => aggregateTables[kind].early !== undefined)
  const selects = [...groups.map(([kind, keys]) => rowsOf(kind, keys)), ...(withEarly.length === 0 ? [] : [earlyRowsOf(withEarly)])]
  const { rows } = await send(sql<LoadedRow>`${sql.join(selects, sql` union all `)}`)
  for (const row of rows)
    loaded.get(row.kind)?.set(keyOf({ companyId: row.company_id, id: row.id }), { version: row.row_version, state: stateFrom(row) })
  return Object.fromEntries(loaded) as Loaded
}
