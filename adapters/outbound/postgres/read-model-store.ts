import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { totalsChanges } from '../../../application/ports/company-totals.ts'
import type { AdvancedRow, ReadModelStore } from '../../../application/ports/read-model-store.ts'
import { keyOf, type AggregateKey } from '../../../application/ports/transactions.ts'
import type { ProjectionName, ReadModels } from '../../../application/projections/read-models.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { Message } from '../../../domain/message/message.ts'
import { attemptOwn } from './attempt.ts'
import { asProjector, type Database } from './in-role.ts'
import { moveCheckpoint, readProgress } from './read-model-checkpoints.ts'
import { refreshLastMessages } from './read-model-last-messages.ts'
import type { ReadSchema } from './read-model-schema.ts'
import { readModelTable } from './read-model-tables.ts'
import { addTotals } from './read-model-totals.ts'
import { selectStates, upsertStates } from './state-table-sql.ts'

interface StateRow { readonly company_id: CompanyId; readonly id: string; readonly data: string }
type Row = Readonly<Record<string, unknown>>

/** A chat of which only messages are known has a row, but nothing was said of it yet. */
const isStub = (name: ProjectionName, row: Row): boolean => name === 'chat_overview' && row['merge'] === null

const loadRows = async <N extends ProjectionName>(
  tx: Database, schema: ReadSchema, name: N, keys: ReadonlyArray<AggregateKey>,
): Promise<Map<string, ReadModels[N]>> => {
  const table = readModelTable(schema, name)
  const { rows } = await sql<StateRow>`${selectStates(table, keys, sql`1`)}`.execute(tx)
  const states = new Map<string, ReadModels[N]>()
  for (const { company_id, id, data } of rows) {
    const row = JSON.parse(data) as Row
    if (!isStub(name, row)) states.set(keyOf({ companyId: company_id, id }), table.toState(row))
  }
  return states
}

/** The number of statements does not depend on the number of rows. */
const saveRows = async <N extends ProjectionName>(
  tx: Database, schema: ReadSchema, name: N, rows: ReadonlyArray<AdvancedRow<ReadModels[N]>>,
): Promise<void> => {
  if (rows.length === 0) return
  const table = readModelTable(schema, name)
  await upsertStates(table, rows.map(({ key, row }) => ({ ...table.toRow(row), company_id: key.companyId, id: key.id })), []).execute(tx)
  if (name === 'message_timeline') await refreshLastMessages(tx, schema, rows as ReadonlyArray<AdvancedRow<Message>>)
  await addTotals(tx, schema, totalsChanges(name, rows))
}

/** Read models in `schema`, written as `daisi_projector`. */
export const postgresReadModelStore = (orm: MikroORM, schema: ReadSchema = 'read'): ReadModelStore => ({
  progress: (name) => attemptOwn(() => asProjector(orm, (tx) => readProgress(tx, schema, name))),
  load: <N extends ProjectionName>(name: N, keys: ReadonlyArray<AggregateKey>) => attemptOwn(async () =>
    (keys.length === 0 ? new Map<string, ReadModels[N]>() : asProjector(orm, (tx) => loadRows(tx, schema, name, keys)))),
  advance: (name, { rows, ...move }) => attemptOwn(() => asProjector(orm, async (tx) => {
    if (!(await moveCheckpoint(tx, schema, name, move))) return false
    await saveRows(tx, schema, name, rows)
    return true
  })),
})
