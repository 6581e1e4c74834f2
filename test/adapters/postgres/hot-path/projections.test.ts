import type { MikroORM } from '@mikro-orm/postgresql'
import { expect } from 'chai'
import { projectBatch, projections } from '../../../../application/application.ts'
import { handleBatch } from '../../../../application/commands/handle-batch.ts'
import type { Instruction } from '../../../../application/aggregates.ts'
import type { Projected } from '../../../../application/projections/project-batch.ts'
import { projectionSteps } from '../../../../adapters/main/projection-step.ts'
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
/** The progress is carried on. */
const ROUND_TRIPS_OF_THE_NEXT = 4
const PAGE = 5_000

const messagesOf = (count: number): ReadonlyArray<Instruction> => {
  const [companyId, commands] = [aCompanyId(), everyKind.find(({ kind }) => kind === 'message')?.commands ?? []]
  return Array.from({ length: count }, (_, i) => ({ kind: 'message', companyId, id: `id-${String(i)}`, cause: aCause(i),
    command: commands[i % commands.length] }) as unknown as Instruction)
}

describe('a step of a projection', () => {
  const database = withDatabase()

  const withLog = async (work: (orm: MikroORM) => Promise<void>): Promise<void> => {
    const orm = await openOrm({ url: database().url, poolSize: 1, name: 'daisi-test-count' })
    await work(orm).finally(() => orm.close())
  }

  /** What the first step sends that finds facts. */
  const sentBy = async (orm: MikroORM, step: () => Promise<Projected>): Promise<Sent & Projected> => {
    let found: (Sent & Projected) | undefined
    await eventually('no other transaction holds the log back', async () => {
      let projected: Projected | undefined
      const sent = await sentStatements(orm, async () => { projected = await step() })
      if (projected !== undefined && projected.facts > 0) found = { ...sent, ...projected }
      return found !== undefined
    })
    if (found === undefined) throw new Error('unreachable')
    return found
  }

  for (const messages of [10, 1_000])
    it(`over ${String(messages)} messages takes ${String(ROUND_TRIPS)} round trips`, async () => {
      await rightOf(handleBatch(postgresTransactions(database().orm))(messagesOf(messages)))
      await withLog(async (orm) => {
        const [log, store] = [postgresEventLog(orm), postgresReadModelStore(orm)]
        const { facts, roundTrips } = await sentBy(orm, () => rightOf(projectBatch(projections.message_timeline, log, store, PAGE)))
        expect(facts).to.be.at.least(messages)
        expect(roundTrips).to.equal(ROUND_TRIPS)
      })
    })

  it(`right after another takes ${String(ROUND_TRIPS_OF_THE_NEXT)}`, async () => {
    await rightOf(handleBatch(postgresTransactions(database().orm))(messagesOf(1_000)))
    await withLog(async (orm) => {
      const step = projectionSteps('message_timeline', { log: postgresEventLog(orm), store: postgresReadModelStore(orm) }, PAGE)
      expect((await sentBy(orm, step)).roundTrips).to.equal(ROUND_TRIPS)
      expect((await sentBy(orm, step)).roundTrips).to.equal(ROUND_TRIPS_OF_THE_NEXT)
    })
  })
})
