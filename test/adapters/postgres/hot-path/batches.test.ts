import { expect } from 'chai'
import { handleBatch } from '../../../../application/commands/handle-batch.ts'
import type { Instruction } from '../../../../application/aggregates.ts'
import type { CompanyId } from '../../../../domain/company.ts'
import { openOrm } from '../../../../adapters/outbound/postgres/orm.ts'
import { postgresTransactions } from '../../../../adapters/outbound/postgres/transactions.ts'
import { aCause } from '../../../support/a-change.ts'
import { aCompanyId } from '../../../support/a-company-id.ts'
import { everyKind } from '../../../support/every-kind.ts'
import { rightOf } from '../../../support/right-of.ts'
import { sentStatements, type Sent } from '../../../support/sent-statements.ts'
import { withDatabase } from '../../../support/with-database.ts'

/** Begin, settings, locks, load, save, commit. */
const STATEMENTS = 6
/** All up to the load at once. */
const ROUND_TRIPS = 3
const SHAPES = [
  { events: 1, companies: 1 }, { events: 500, companies: 1 }, { events: 500, companies: 64 }, { events: 1_000, companies: 1_000 },
] as const

/** Commands of all kinds, early ones too, dealt out to the companies; each has an aggregate of its own, but a person has one contact. */
const batchOf = (events: number, companies: ReadonlyArray<CompanyId>): ReadonlyArray<Instruction> => {
  const commands = everyKind.flatMap(({ kind, commands: all }) => all.map((command) => ({ kind, command })))
  return Array.from({ length: events }, (_, i) => {
    const command = commands[i % commands.length]
    const id = command?.kind === 'contact' ? 'contact' : `id-${String(i)}`
    return { ...command, companyId: companies[i % companies.length], id, cause: aCause(i) } as unknown as Instruction
  })
}

describe('a batch', () => {
  const database = withDatabase()

  const sentBy = async (run: (orm: Awaited<ReturnType<typeof openOrm>>) => Promise<unknown>): Promise<Sent> => {
    const orm = await openOrm({ url: database().url, poolSize: 1, name: 'daisi-test-count' })
    try {
      return await sentStatements(orm, () => run(orm))
    } finally {
      await orm.close()
    }
  }

  for (const { events, companies } of SHAPES) {
    it(`of ${String(events)} events of ${String(companies)} companies takes ${String(ROUND_TRIPS)} round trips, first and again`, async () => {
      const batch = batchOf(events, Array.from({ length: companies }, aCompanyId))
      const handled = () => sentBy((orm) => rightOf(handleBatch(postgresTransactions(orm))(batch)))
      const [first, again] = [await handled(), await handled()]
      expect(first.roundTrips).to.equal(ROUND_TRIPS)
      expect(first.statements).to.have.length(STATEMENTS)
      expect(again.roundTrips, 'nothing to save').to.equal(ROUND_TRIPS - 1)
      expect(again.statements.filter(({ text }) => /^with "part0"/.test(text)), 'nothing to save').to.deep.equal([])
    })
  }
})
