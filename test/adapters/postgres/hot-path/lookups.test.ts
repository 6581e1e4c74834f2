import { expect } from 'chai'
import { asWriter, batchEntry, inTransaction } from '../../../../adapters/outbound/postgres/in-role.ts'
import { postgresReadModelStore } from '../../../../adapters/outbound/postgres/read-model-store.ts'
import { postgresEventLog } from '../../../../adapters/outbound/postgres/event-log.ts'
import { postgresTransactions } from '../../../../adapters/outbound/postgres/transactions.ts'
import type { Instruction } from '../../../../application/aggregates.ts'
import { projectBatch, projections } from '../../../../application/application.ts'
import { handleBatch } from '../../../../application/commands/handle-batch.ts'
import { asProjector } from '../../../support/as-projector.ts'
import { aCause } from '../../../support/a-change.ts'
import { aMessage } from '../../../support/a-message.ts'
import { live } from '../../../support/an-observation.ts'
import { planOf, type QueryPlan } from '../../../support/query-plan.ts'
import { rightOf } from '../../../support/right-of.ts'
import { sentStatements, type SentStatement } from '../../../support/sent-statements.ts'
import { withDatabase, withOpen } from '../../../support/with-database.ts'
import { COMPANIES, companyAt, filledDatabase } from './filled-database.ts'

const ALL = Array.from({ length: COMPANIES }, (_, i) => companyAt(i))

const batchOf = (name: string, size: number): ReadonlyArray<Instruction> => Array.from({ length: size }, (_, i) =>
  ({ kind: 'message', companyId: companyAt(i % COMPANIES), id: `${name}-${String(i)}`, cause: aCause(i), command: aMessage(live(i)) }))

const withText = (statements: ReadonlyArray<SentStatement>, text: RegExp): SentStatement => {
  const found = statements.find((statement) => text.test(statement.text))
  if (found === undefined) throw new Error(`no statement like ${text.source}`)
  return found
}

describe('what a batch looks up', () => {
  const database = withOpen(filledDatabase)

  const sentBy = async (work: () => Promise<unknown>): Promise<ReadonlyArray<SentStatement>> =>
    (await sentStatements(database().orm, work)).statements
  const handled = (name: string, size: number) =>
    sentBy(() => rightOf(handleBatch(postgresTransactions(database().orm))(batchOf(name, size))))
  const asWritten = (statement: SentStatement): Promise<QueryPlan> => asWriter(database().orm, ALL, (tx) => planOf(tx, statement))
  const asProjected = (statement: SentStatement): Promise<QueryPlan> => asProjector(database().orm, (tx) => planOf(tx, statement))

  for (const size of [1, 1_000]) {
    it(`is found by keys: states of ${String(size)} messages`, async () => {
      const { reads } = await asWritten(withText(await handled('loaded', size), /^select 'message'/))
      expect(reads).to.have.deep.members([['messages', 'messages_pkey'], ['early_facts', 'early_facts_pkey']])
    })
    it(`is found by keys: rows that a write of ${String(size)} messages meets`, async () => {
      const plan = await asWritten(withText(await handled(`saved-${String(size)}`, size), /^with "part0"/))
      expect(plan.arbiters).to.deep.equal(['messages_pkey'])
      expect(plan.reads, 'the epoch is one row').to.deep.equal([['log_epoch', 'Seq Scan']])
    })
  }
  it('is found by keys: what a projection reads, loads and refreshes', async () => {
    const { orm } = database()
    await handled('projected', 1_000)
    const projected = projectBatch(projections.message_timeline, postgresEventLog(orm), postgresReadModelStore(orm), 2_000)
    const statements = await sentBy(async () => { expect((await rightOf(projected)).facts).to.be.at.least(1_000) })
    const readsOf = async (text: RegExp) => (await asProjected(withText(statements, text))).reads
    const aPage = [['log_epoch', 'Seq Scan'], ['event_log', 'event_log_pkey']]
    expect(await readsOf(/ from daisi\.event_log/), 'where the page ends, and what is on it; the epoch is one row')
      .to.have.deep.members([...aPage, ...aPage])
    expect(await readsOf(/join "read"\."message_timeline"/)).to.deep.equal([['message_timeline', 'message_timeline_pkey']])
    expect(await readsOf(/^insert into "read"\."chat_overview"/)).to.deep.equal([['message_timeline', 'message_timeline_chat']])
  })
})

describe('what a batch looks up in tables that nobody has analysed', () => {
  const database = withDatabase()

  it('is found by keys', async () => {
    const { orm } = database()
    const handled = (name: string) => rightOf(handleBatch(postgresTransactions(orm))(batchOf(name, 1_000)))
    await handled('first')
    const load = withText((await sentStatements(orm, () => handled('second'))).statements, /^select 'message'/)
    const { reads } = await inTransaction(orm, async (tx) => {
      await batchEntry(ALL).execute(tx)
      return planOf(tx, load)
    })
    expect(reads).to.have.deep.members([['messages', 'messages_pkey'], ['early_facts', 'early_facts_pkey']])
  })
})
