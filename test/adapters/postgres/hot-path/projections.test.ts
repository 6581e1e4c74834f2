import { expect } from 'chai'
import { projectBatch, projections } from '../../../../application/application.ts'
import { handleBatch } from '../../../../application/commands/handle-batch.ts'
import type { Instruction } from '../../../../application/aggregates.ts'
import { postgresEventLog } from '../../../../adapters/outbound/postgres/event-log.ts'
import { openOrm } from '../../../../adapters/outbound/postgres/orm.ts'
import { postgresReadModelStore } from '../../../../adapters/outbound/postgres/read-model-store.ts'
import { postgresTransactions } from '../../../../adapters/outbound/postgres/transactions.ts'
import { aCause } from '../../../support/a-change.ts'
import { aCompanyId } from '../../../support/a-company-id.ts'
import { eventually } from '../../../support/eventually.ts'
import { everyKind } from '../../../support/every-kind.ts'
import { rightOf } from '../../../support/right-of.ts'
import { sentStatements, type Sent } from '../../../support/sent-statements.ts'
import { withDatabase } from '../../../support/with-database.ts'

/** Progress; page; rows; begin, role, checkpoint and what is saved; commit. */
const ROUND_TRIPS = 5
const PAGE = 5_000

const messagesOf = (count: number): ReadonlyArray<Instruction> => {
  const [companyId, commands] = [aCompanyId(), everyKind.find(({ kind }) => kind === 'message')?.commands ?? []]
  return Array.from({ length: count }, (_, i) => ({ kind: 'message', companyId, id: `id-${String(i)}`, cause: aCause(i),
    command: commands[i % commands.length] }) as unknown as Instruction)
}

describe('a step of a projection', () => {
  const database = withDatabase()

  for (const messages of [10, 1_000])
    it(`over ${String(messages)} messages takes ${String(ROUND_TRIPS)} round trips`, async () => {
      await rightOf(handleBatch(postgresTransactions(database().orm))(messagesOf(messages)))
      const orm = await openOrm({ url: database().url, poolSize: 1, name: 'daisi-test-count' })
      const [log, store] = [postgresEventLog(orm), postgresReadModelStore(orm)]
      let [sent, facts]: [Sent, number] = [{ statements: [], roundTrips: 0 }, 0]
      await eventually('no other transaction holds the log back', async () => {
        sent = await sentStatements(orm, async () => {
          facts = (await rightOf(projectBatch(projections.message_timeline, log, store, PAGE))).facts
        })
        return facts > 0
      })
      await orm.close()
      expect(facts).to.be.at.least(messages)
      expect(sent.roundTrips).to.equal(ROUND_TRIPS)
    })
})
