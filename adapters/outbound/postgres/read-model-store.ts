import * as E from 'fp-ts/lib/Either.js'
import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { totalsChanges } from '../../../application/ports/company-totals.ts'
import type { AdvancedRow, ReadModelStore } from '../../../application/ports/read-model-store.ts'
import { keyOf } from '../../../application/ports/transactions.ts'
import type { ProjectionName, ReadModels } from '../../../application/projections/read-models.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { Message } from '../../../domain/message/message.ts'
import { allOrNone } from './all-or-none.ts'
import { attemptOwn } from './attempt.ts'
import { projectorEntry } from './in-role.ts'
import type { Send } from './pipelined-client.ts'
import { inPipeline } from './pipelined-transaction.ts'
import { moveCheckpoint, progressOf, toProgress } from './read-model-checkpoints.ts'
import { refreshLastMessages } from './read-model-last-messages.ts'
import type { ReadSchema } from './read-model-schema.ts'
import { readModelTable } from './read-model-tables.ts'
import { addTotals } from './read-model-totals.ts'
import { readOnce } from './read-transaction.ts'
import { selectStates, upsertStates } from './state-table-sql.ts'

interface StateRow { readonly company_id: CompanyId; readonly id: string; readonly data: string }
type Row = Readonly<Record<string, unknown>>

/** A chat of which only messages are known has a row, but nothing was said of it yet. */
const isStub = (name: ProjectionName, row: Row): boolean => name === 'chat_overview' && row['merge'] === null

const statesFrom = <N extends ProjectionName>(
  name: N, toState: (row: Row) => ReadModels[N], rows: ReadonlyArray<StateRow>,
): ReadonlyMap<string, ReadModels[N]> => {
  const states = new Map<string, ReadModels[N]>()
  for (const { company_id, id, data } of rows) {
    const row = JSON.parse(data) as Row
    if (!isStub(name, row)) states.set(keyOf({ companyId: company_id, id }), toState(row))
  }
  return states
}

/** Sent together: the number of statements does not depend on the number of rows. */
const saveRows = async <N extends ProjectionName>(
  send: Send, schema: ReadSchema, name: N, rows: ReadonlyArray<AdvancedRow<ReadModels[N]>>,
): Promise<void> => {
  if (rows.length === 0) return
  const table = readModelTable(schema, name)
  await Promise.all([
    send(upsertStates(table, rows.map(({ key, row }) => ({ ...table.toRow(row), company_id: key.companyId, id: key.id })), [])),
    name === 'message_timeline' ? refreshLastMessages(send, schema, rows as ReadonlyArray<AdvancedRow<Message>>) : undefined,
    addTotals(send, schema, totalsChanges(name, rows)),
  ])
}

/** Read models in `schema`, written as `daisi_projector`. */
export const postgresReadModelStore = (orm: MikroORM, schema: ReadSchema = 'read'): ReadModelStore => ({
  progress: (name) => attemptOwn(async () => toProgress(await readOnce(orm, projectorEntry, progressOf(schema, name)))),
  load: (name, keys) => attemptOwn(async () => {
    if (keys.length === 0) return new Map()
    const table = readModelTable(schema, name)
    const rows = await readOnce(orm, projectorEntry, sql<StateRow>`${selectStates(table, keys, sql`1`)}`)
    return statesFrom(name, table.toState, rows)
  }),
  advance: (name, { rows, ...move }) => attemptOwn(async () => E.toUnion(await allOrNone(
    (work) => inPipeline(orm, [projectorEntry], work),
    (send: Send) => async (): Promise<E.Either<false, true>> => {
      const [moved] = await Promise.all([moveCheckpoint(send, schema, name, move), saveRows(send, schema, name, rows)])
      return moved ? E.right(true) : E.left(false)
    },
  ))),
})
