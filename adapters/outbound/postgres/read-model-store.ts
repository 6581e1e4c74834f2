import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { ORIGIN, type Position } from '../../../application/ports/event-log.ts'
import type { Progress, ReadModelStore } from '../../../application/ports/read-model-store.ts'
import { keyOf, type AggregateKey } from '../../../application/ports/transactions.ts'
import type { ProjectionName, ReadModels } from '../../../application/projections/read-models.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { Message } from '../../../domain/message/message.ts'
import { attemptOwn } from './attempt.ts'
import type { StateTable } from './aggregate-table.ts'
import { asProjector, type Database } from './in-role.ts'
import { readModelTables } from './read-model-tables.ts'
import { selectStates, upsertStates } from './state-table-sql.ts'

interface CheckpointRow { readonly epoch: number; readonly xid: string; readonly seq: string; readonly fact_at: number | null }
interface StateRow { readonly company_id: CompanyId; readonly id: string; readonly data: string }
interface SavedRow<Row> { readonly key: AggregateKey; readonly before?: Row; readonly row: Row }

/** Compare-and-set; it comes first, so that a projector that was overtaken waits here and then writes nothing. */
const moveCheckpoint = async (tx: Database, name: string, from: Position, { position: to, factAt }: Progress): Promise<boolean> => {
  const { numAffectedRows } = await sql`insert into read.checkpoint as c (name, epoch, xid, seq, fact_at)
    values (${name}, ${to.epoch}::integer, ${String(to.xid)}::xid8, ${to.seq}::bigint, to_timestamp(${factAt ?? null}::float8 / 1000))
    on conflict (name) do update set epoch = excluded.epoch, xid = excluded.xid, seq = excluded.seq, fact_at = excluded.fact_at, updated_at = now()
    where (c.epoch, c.xid, c.seq) = (${from.epoch}::integer, ${String(from.xid)}::xid8, ${from.seq}::bigint)`.execute(tx)
  return numAffectedRows === 1n
}

const chatOf = (state: Message | undefined): string | undefined => (state?.kind === 'recorded' ? state.heard.fields.chatId?.value : undefined)

/** Recomputed, not folded: a message may turn out older, or belong to another chat, than was known. Chats not yet opened get an invisible row. */
const refreshLastMessages = async (tx: Database, rows: ReadonlyArray<SavedRow<Message>>): Promise<void> => {
  const touched = rows.flatMap(({ key, before, row }) => [...new Set([chatOf(before), chatOf(row)])].flatMap((chatId) =>
    (chatId === undefined ? [] : [{ companyId: key.companyId, chatId }])))
  if (touched.length === 0) return
  await sql`insert into read.chat_overview (company_id, chat_id, last_message_id, last_message_at)
    select t.company_id, t.chat_id, l.message_id, l.sent_at
    from (select distinct * from unnest(${touched.map(({ companyId }): string => companyId)}::text[], ${touched.map(({ chatId }) => chatId)}::text[]) as n(company_id, chat_id)) t
    left join lateral (select m.message_id, m.sent_at from read.message_timeline m where m.company_id = t.company_id and m.chat_id = t.chat_id
      order by m.sent_at desc, m.message_id desc limit 1) l on true
    order by t.company_id, t.chat_id
    on conflict (company_id, chat_id) do update set last_message_id = excluded.last_message_id, last_message_at = excluded.last_message_at`.execute(tx)
}

/** Exact, since it commits with the checkpoint. */
const countNew = async (tx: Database, rows: ReadonlyArray<SavedRow<Message>>): Promise<void> => {
  const companies = rows.flatMap(({ key, before }): string[] => (before === undefined ? [key.companyId] : []))
  if (companies.length === 0) return
  await sql`insert into read.company_totals as t (company_id, messages) select c, count(*) from unnest(${companies}::text[]) as c group by c order by c
    on conflict (company_id) do update set messages = t.messages + excluded.messages`.execute(tx)
}

const saveRows = async <N extends ProjectionName>(tx: Database, name: N, rows: ReadonlyArray<SavedRow<ReadModels[N]>>): Promise<void> => {
  if (rows.length === 0) return
  const table: StateTable<ReadModels[N]> = readModelTables[name]
  await upsertStates(table, rows.map(({ key, row }) => ({ ...table.toRow(row), company_id: key.companyId, id: key.id })), []).execute(tx)
  if (name !== 'message_timeline') return
  const messages = rows as ReadonlyArray<SavedRow<Message>>
  await refreshLastMessages(tx, messages)
  await countNew(tx, messages)
}

export const postgresReadModelStore = (orm: MikroORM): ReadModelStore => ({
  progress: (name) => attemptOwn(() => asProjector(orm, async (tx) => {
    const { rows: [row] } = await sql<CheckpointRow>`select epoch, xid, seq, (extract(epoch from fact_at) * 1000)::float8 as fact_at
      from read.checkpoint where name = ${name}`.execute(tx)
    if (row === undefined) return { position: ORIGIN }
    const position = { epoch: row.epoch, xid: Number(row.xid), seq: Number(row.seq) }
    return row.fact_at === null ? { position } : { position, factAt: row.fact_at }
  })),
  load: <N extends ProjectionName>(name: N, keys: ReadonlyArray<AggregateKey>) => attemptOwn(async () => {
    const states = new Map<string, ReadModels[N]>()
    if (keys.length === 0) return states
    const table: StateTable<ReadModels[N]> = readModelTables[name]
    const { rows } = await asProjector(orm, (tx) => sql<StateRow>`${selectStates(table, keys, sql`1`)}`.execute(tx))
    for (const { company_id, id, data } of rows) {
      const row = JSON.parse(data) as Readonly<Record<string, unknown>>
      if (row['merge'] !== null) states.set(keyOf({ companyId: company_id, id }), table.toState(row))
    }
    return states
  }),
  advance: (name, { from, to, rows }) => attemptOwn(() => asProjector(orm, async (tx) => {
    if (!(await moveCheckpoint(tx, name, from, to))) return false
    await saveRows(tx, name, rows)
    return true
  })),
})
