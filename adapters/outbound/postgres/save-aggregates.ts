import { sql, type RawBuilder } from 'kysely'
import type { AggregateKind } from '../../../application/aggregates.ts'
import type { Cause } from '../../../application/ports/cause.ts'
import type { Change, Changes } from '../../../application/ports/transactions.ts'
import { encodeFact } from '../../../schemas/events/stored-fact.ts'
import { isEarly, type AggregateTable } from './aggregate-table.ts'
import { aggregateTables } from './aggregate-tables.ts'
import type { Send } from './pipelined-client.ts'
import { upsertStates } from './state-table-sql.ts'
import { unnested, unnestedValue, type Column } from './unnested.ts'

type AnyChange = Change<AggregateKind>
type Row = Readonly<Record<string, unknown>>

const versionAfter = ({ version, facts }: AnyChange): number => version + facts.length

/** A policy and a job have no stream of their own. */
const streamOf = (cause: Cause): string => {
  switch (cause.type) {
    case 'event': return cause.stream
    case 'policy': return `policy:${cause.policy}`
    case 'job': return `policy:${cause.job}`
  }
}

/** Contract 2.5; `processed_at` is added by the statement. The facts of policies and jobs come from no stored message. */
const metadataFor = (cause: Cause): Row => {
  switch (cause.type) {
    case 'policy': return { source: streamOf(cause), log_sequence: cause.sequence }
    case 'job': return { source: cause.job, synced_at: new Date().toISOString() }
    case 'event': {
      const { stream, sequence, consumer, consumerSequence, messageId, subject } = cause
      return { stream, stream_sequence: sequence, consumer, consumer_sequence: consumerSequence, domain: '', message_id: messageId,
        message_subject: subject }
    }
  }
}

const metadataOf = ({ facts }: AnyChange): Row => {
  const cause = facts.at(-1)?.cause
  if (cause === undefined) throw new TypeError('a change without facts')
  return metadataFor(cause)
}

const causeColumns = (cause: Cause): Row => ({ cause_stream: streamOf(cause), cause_sequence: cause.sequence, cause_item: cause.item })

const factRows = (kind: AggregateKind, { companyId, id, version, facts }: AnyChange): ReadonlyArray<Row> =>
  facts.map(({ event, cause }, i) => {
    const { type, schemaVersion, payload } = encodeFact(kind, event)
    return { company_id: companyId, kind, aggregate_id: id, aggregate_version: version + i + 1, type, schema_version: schemaVersion,
      payload, ...causeColumns(cause), trace_parent: cause.trace }
  })

/** `processed_at` is the server's time, one for the statement: made for each row it costs more than it tells (ADR 0019). */
const PROCESSED_AT = sql`(select '{"processed_at":' || to_json(clock_timestamp()) || ',')`

/** Metadata travel without their first brace. */
const EXTRA: ReadonlyArray<Column> = [
  { name: 'row_version', type: 'integer' },
  { name: 'last_metadata', type: 'text', value: sql`(${PROCESSED_AT} || r.last_metadata)::jsonb` },
]
const withoutBrace = (metadata: Row): string => JSON.stringify(metadata).slice(1)

const tableOf = (kind: AggregateKind): AggregateTable<AggregateKind> => aggregateTables[kind] as AggregateTable<AggregateKind>

const upserts = (kind: AggregateKind, changes: ReadonlyArray<AnyChange>): RawBuilder<unknown> => {
  const table = tableOf(kind)
  return upsertStates(table, changes.map((change) => ({ ...table.toRow(change.state), company_id: change.companyId, id: change.id,
    row_version: versionAfter(change), last_metadata: withoutBrace(metadataOf(change)) })), EXTRA)
}

type Tagged = readonly [kind: AggregateKind, change: AnyChange]

const EARLY_COLUMNS: ReadonlyArray<Column> = [
  { name: 'company_id', type: 'text' }, { name: 'kind', type: 'text' }, { name: 'id', type: 'text' },
  { name: 'row_version', type: 'integer' }, { name: 'state', type: 'jsonb' }]

const earlyUpserts = (early: ReadonlyArray<Tagged>): RawBuilder<unknown> => {
  const rows = early.map(([kind, change]) => ({ company_id: change.companyId, kind, id: change.id, row_version: versionAfter(change),
    state: tableOf(kind).early?.toJson(change.state) }))
  return sql`insert into daisi.early_facts (company_id, kind, aggregate_id, row_version, state)
    select ${sql.join(EARLY_COLUMNS.map(unnestedValue))} from ${unnested(EARLY_COLUMNS, rows)}
    order by r.company_id, r.kind, r.id
    on conflict (company_id, kind, aggregate_id)
      do update set state = excluded.state, row_version = excluded.row_version, updated_at = now()`
}

const earlyDeletes = (folded: ReadonlyArray<Tagged>): RawBuilder<unknown> =>
  sql`delete from daisi.early_facts e using unnest(${folded.map(([kind]): string => kind)}::text[],
      ${folded.map(([, { companyId }]): string => companyId)}::text[], ${folded.map(([, { id }]) => id)}::text[])
      as k(kind, company_id, id)
    where e.company_id = k.company_id and e.kind = k.kind and e.aggregate_id = k.id`

const FACT_COLUMNS: ReadonlyArray<Column> = [
  { name: 'company_id', type: 'text' }, { name: 'kind', type: 'text' }, { name: 'aggregate_id', type: 'text' },
  { name: 'aggregate_version', type: 'integer' },
  { name: 'type', type: 'text' }, { name: 'schema_version', type: 'integer' }, { name: 'payload', type: 'jsonb', value: sql`r.payload::json` },
  { name: 'cause_stream', type: 'text' },
  { name: 'cause_sequence', type: 'bigint' }, { name: 'cause_item', type: 'integer' },
]

/** Only where somebody traces: else nobody pays for it. */
const TRACED_COLUMNS: ReadonlyArray<Column> = [...FACT_COLUMNS, { name: 'trace_parent', type: 'text' }]

const factInserts = (rows: ReadonlyArray<Row>): RawBuilder<unknown> => {
  const columns = rows.some((row) => row['trace_parent'] !== undefined) ? TRACED_COLUMNS : FACT_COLUMNS
  return sql`insert into daisi.event_log (epoch, ${sql.join(columns.map(({ name }) => sql.ref(name)))})
    select (select epoch from daisi.log_epoch), ${sql.join(columns.map(unnestedValue))} from ${unnested(columns, rows)}`
}

type Group = readonly [kind: AggregateKind, changes: ReadonlyArray<AnyChange>]

/** What is written besides the facts: a part for each kind that is there, one for early facts, one for those folded in. */
const stateParts = (groups: ReadonlyArray<Group>): ReadonlyArray<RawBuilder<unknown>> => {
  const all = groups.flatMap(([kind, changes]) => changes.map((change): Tagged => [kind, change]))
  const early = all.filter(([, { state }]) => isEarly(state))
  const folded = all.filter(([, { before, state }]) => isEarly(before) && !isEarly(state))
  const stored = groups.map(([kind, changes]): Group => [kind, changes.filter(({ state }) => !isEarly(state))])
  return [
    ...stored.filter(([, changes]) => changes.length > 0).map(([kind, changes]) => upserts(kind, changes)),
    ...(early.length === 0 ? [] : [earlyUpserts(early)]),
    ...(folded.length === 0 ? [] : [earlyDeletes(folded)]),
  ]
}

/** A statement that writes a batch, and how many facts it must store. */
export interface Saving { readonly statement: RawBuilder<unknown>; readonly facts: number }

/** States and facts of all kinds in one statement, the facts last; undefined where nothing has changed. */
export const savingOf = (changes: Changes): Saving | undefined => {
  const groups = (Object.entries(changes) as Group[]).filter(([, ofKind]) => ofKind.length > 0)
  if (groups.length === 0) return undefined
  const facts = groups.flatMap(([kind, ofKind]) => ofKind.flatMap((change) => factRows(kind, change)))
  const named = sql.join(stateParts(groups).map((part, i) => sql`${sql.ref(`part${i}`)} as (${part})`))
  return { statement: sql`with ${named} ${factInserts(facts)}`, facts: facts.length }
}

/**
 * One round trip. A version that somebody else has written meanwhile is caught by the log's unique index, which `attempt` takes for a
 * bug: the lanes forbid it (design 5, 6).
 */
export const saveAggregates = async (send: Send, changes: Changes): Promise<void> => {
  const saving = savingOf(changes)
  if (saving === undefined) return
  const { rowCount } = await send(saving.statement)
  if (rowCount !== saving.facts) throw new Error(`${String(rowCount)} of ${saving.facts} facts were stored`)
}
