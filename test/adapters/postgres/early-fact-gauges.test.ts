import { expect } from 'chai'
import { sql } from 'kysely'
import { earlyFactGauges } from '../../../adapters/outbound/postgres/early-fact-gauges.ts'
import { postgresCompanies } from '../../../adapters/outbound/postgres/companies.ts'
import { postgresTransactions } from '../../../adapters/outbound/postgres/transactions.ts'
import type { Instruction } from '../../../application/aggregates.ts'
import { handleBatch } from '../../../application/commands/handle-batch.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { aCause } from '../../support/a-change.ts'
import { aChat, aChatUpdate, chatId, raise } from '../../support/a-chat.ts'
import { aCompanyId } from '../../support/a-company-id.ts'
import { aMessageUpdate } from '../../support/a-message.ts'
import { live } from '../../support/an-observation.ts'
import { rightOf } from '../../support/right-of.ts'
import { withDatabase } from '../../support/with-database.ts'

describe('what is shown of early facts', () => {
  const database = withDatabase()
  const apply = (...batch: ReadonlyArray<Instruction>) => rightOf(handleBatch(postgresTransactions(database().orm))(batch))
  const chatOf = (companyId: CompanyId, command: Extract<Instruction, { kind: 'chat' }>['command']): Instruction =>
    ({ kind: 'chat', companyId, id: chatId, command, cause: aCause() })
  const [one, other] = [aCompanyId(), aCompanyId()]

  it('is nothing where every update had its entity', async () => {
    await rightOf(postgresCompanies(database().orm).register([one, other]))
    expect(await earlyFactGauges(database().orm)).to.deep.equal({ kept: 0, mostOfOneCompany: 0, oldestSeconds: 0 })
  })
  it('is how many there are of all companies and of the one with most, and for how long the oldest has waited', async () => {
    const updates = ['m1', 'm2'].map((id): Instruction =>
      ({ kind: 'message', companyId: one, id, command: aMessageUpdate(live(1), { status: 'read' }), cause: aCause() }))
    await apply(...updates, chatOf(one, aChatUpdate(live(1), raise)), chatOf(other, aChatUpdate(live(1), raise)))
    await sql`update daisi.early_facts set first_seen = now() - interval '2 hours' where company_id = ${other}`
      .execute(database().orm.em.fork().getKysely<unknown>())
    const { oldestSeconds, ...counts } = await earlyFactGauges(database().orm)
    expect(counts).to.deep.equal({ kept: 4, mostOfOneCompany: 3 })
    expect(oldestSeconds).to.be.within(7_200, 7_260)
  })
  it('is no more than may be looked at, however many there are', async () => {
    expect(await earlyFactGauges(database().orm, 2)).to.include({ kept: 2 })
  })
  it('is less once the entity has come', async () => {
    await apply(chatOf(one, aChat(live(2))), chatOf(other, aChat(live(2))))
    const { oldestSeconds, ...counts } = await earlyFactGauges(database().orm)
    expect(counts).to.deep.equal({ kept: 2, mostOfOneCompany: 2 })
    expect(oldestSeconds).to.be.lessThan(60)
  })
})
