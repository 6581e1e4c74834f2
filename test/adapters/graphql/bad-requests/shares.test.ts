import { expect } from 'chai'
import { memoryReads } from '../../../../adapters/outbound/memory/finder-reads.ts'
import type { OpenReads } from '../../../../application/ports/finders.ts'
import type { CompanyId } from '../../../../domain/company.ts'
import { aToken } from '../../../support/a-token.ts'
import { memoryApi, openApi } from '../ask-api.ts'
import { openApiServer } from '../open-api-server.ts'
import { ask, COMPANY, type Reply, type Row } from './row.ts'

const HEAVY = '{ chats(first: 49) { edges { node { messages(first: 100) { edges { node { id } } } } } } }'

const asOther = async (query: string): Promise<Row['send']> =>
  ask(query, {}, {}, { headers: { authorization: `Bearer ${await aToken({ company: 'other' as CompanyId })}` } })

const tally = (replies: ReadonlyArray<Reply>): Readonly<Record<number, number>> =>
  Object.fromEntries([...Map.groupBy(replies, ({ status }) => status)].map(([status, of]) => [status, of.length]))

/** Finders of which none answers before the gate opens. */
const gated = (gate: Promise<void>): OpenReads => {
  const openReads = memoryReads(memoryApi().store)
  return (companyId, limits) => {
    const reads = openReads(companyId, limits)
    return { ...reads, company: { totals: () => async () => {
      if (companyId === 'acme') await gate
      return reads.company.totals()()
    } } }
  }
}

describe('a company\'s share of the API', () => {
  it('Q35: is a number of requests at a time; more get 429 and are told when to come back; others are not slowed', async () => {
    const gate = Promise.withResolvers<void>()
    const server = await openApiServer({ graphql: { openReads: gated(gate.promise), share: { concurrency: 10, rowsPerSecond: 1_000_000 } },
      http: { mostConnections: 1_000 } })
    const asked = Array.from({ length: 500 }, () => ask('{ company { chatCount } }')(server))
    const first = await Promise.any(asked)
    expect([first.status, first.codes, first.headers['retry-after']]).to.deep.equal([429, ['RATE_LIMITED'], '1'])
    expect((await (await asOther('{ company { chatCount } }'))(server)).status).to.equal(200)
    gate.resolve()
    expect(tally(await Promise.all(asked))).to.deep.equal({ 200: 10, 429: 490 })
    expect((await ask(COMPANY)(server)).status).to.equal(200)
    await server.close()
  })
  it('Q35: is a number of rows; heavy queries beyond it get 429, those of others run', async () => {
    const server = await openApiServer({ graphql: { share: { concurrency: 1_000, rowsPerSecond: 10_000 } },
      http: { mostConnections: 1_000 } })
    const replies = await Promise.all(Array.from({ length: 100 }, () => ask(HEAVY)(server)))
    const { 200: answered = 0, 429: refused = 0 } = tally(replies)
    expect(answered).to.be.within(4, 30)
    expect(refused).to.equal(100 - answered)
    const [late] = replies.filter(({ status }) => status === 429)
    expect(Number(late?.headers['retry-after'])).to.be.within(1, 2)
    expect((await (await asOther(HEAVY))(server)).status).to.equal(200)
    await server.close()
  })
  it('comes back with time', async () => {
    const api = openApi({ share: { concurrency: 5, rowsPerSecond: 5_000 } })
    const statuses = [await api.ask(HEAVY), await api.ask(HEAVY), await api.ask(HEAVY)].map(({ status }) => status)
    expect(statuses).to.deep.equal([200, 200, 429])
    for (const end = Date.now() + 5_000; (await api.ask(HEAVY)).status === 429;) expect(Date.now()).to.be.below(end)
  })
})
