import { expect } from 'chai'
import { sql } from 'kysely'
import { Client } from 'pg'
import { postgresEventLog } from '../../../../adapters/outbound/postgres/event-log.ts'
import { openReadSession } from '../../../../adapters/outbound/postgres/finder-session.ts'
import { asReader, asWriter, type Database } from '../../../../adapters/outbound/postgres/in-role.ts'
import { postgresReadModelStore } from '../../../../adapters/outbound/postgres/read-model-store.ts'
import { postgresTransactions } from '../../../../adapters/outbound/postgres/transactions.ts'
import { atMost } from '../../../../adapters/inbound/nats/at-most.ts'
import { keyOf } from '../../../../application/ports/transactions.ts'
import { messageTimeline } from '../../../../application/projections/message-timeline.ts'
import { projectBatch } from '../../../../application/projections/project-batch.ts'
import type { CompanyId } from '../../../../domain/company.ts'
import { aChange } from '../../../support/a-change.ts'
import { aMessage } from '../../../support/a-message.ts'
import { live } from '../../../support/an-observation.ts'
import { eventually } from '../../../support/eventually.ts'
import { openPooledDatabase } from '../../../support/pooled-database.ts'
import { rightOf } from '../../../support/right-of.ts'
import { withOpen } from '../../../support/with-database.ts'

const COMPANIES = Array.from({ length: 1_000 }, (_, i) => `company-${i}` as CompanyId)
const AT_A_TIME = 12
const SAME_ID = 'm1'

interface Seen { readonly company_id: string; readonly jid: string | null; readonly pid: number }

/** Unfiltered: what stands between the companies is row-level security alone. */
const everyMessage = sql<Seen>`select company_id, jid, pg_backend_pid() as pid from daisi.messages`
const everyLine = sql<Seen>`select company_id, null as jid, pg_backend_pid() as pid from read.message_timeline`

const forAll = async <A>(work: (companyId: CompanyId) => Promise<A>): Promise<ReadonlyArray<A>> => {
  const turns = atMost(AT_A_TIME)
  return Promise.all(COMPANIES.map((companyId) => turns(() => work(companyId))))
}

describe('a thousand companies over a pool of one connection', () => {
  const database = withOpen(() => openPooledDatabase(1))

  const rowsOf = (query: typeof everyMessage) => async (tx: Database): Promise<ReadonlyArray<Seen>> => (await query.execute(tx)).rows
  const own = (seen: ReadonlyArray<ReadonlyArray<Seen>>): void => {
    expect(seen.map((rows) => rows.map(({ company_id }) => company_id))).to.deep.equal(COMPANIES.map((companyId) => [companyId]))
    expect(new Set(seen.flat().map(({ pid }) => pid)).size, 'connections to PostgreSQL').to.equal(1)
  }

  it('write the same message id side by side, and each reads its own back', async () => {
    const { orm } = database()
    const transactions = postgresTransactions(orm)
    const jids = await forAll((companyId) => rightOf(transactions.transact({ companies: [companyId], locks: [7] }, (tx) => async () => {
      const key = { companyId, id: SAME_ID }
      await rightOf(tx.load({ message: [key] }))
      await rightOf(tx.save({ message: [aChange('message', key, [aMessage(live(1), { jid: `${companyId}@s.whatsapp.net` })])] }))
      const read = await rightOf(tx.load({ message: [key] }))
      return { _tag: 'Right' as const, right: [...(read.message ?? new Map<string, unknown>()).keys()] }
    })))
    expect(jids).to.deep.equal(COMPANIES.map((companyId) => [keyOf({ companyId, id: SAME_ID })]))
  }).timeout(60_000)
  it('see as writers their own row and no other, though they ask for all', async () => {
    const { orm } = database()
    const seen = await forAll((companyId) => asWriter(orm, [companyId], rowsOf(everyMessage)))
    own(seen)
    expect(seen.map(([row]) => row?.jid)).to.deep.equal(COMPANIES.map((companyId) => `${companyId}@s.whatsapp.net`))
  }).timeout(60_000)
  it('are projected, and see as readers their own line and no other, in read sessions of several statements', async () => {
    const { orm } = database()
    const [log, store] = [postgresEventLog(orm), postgresReadModelStore(orm)]
    await eventually('all are projected', async () => {
      await rightOf(projectBatch(messageTimeline, log, store, 100))
      const { position } = await rightOf(store.progress('message_timeline'))
      return (await rightOf(log.oldestAfter(position))) === undefined
    }, 60_000)
    own(await forAll((companyId) => asReader(orm, companyId, rowsOf(everyLine))))
    const sessions = await forAll(async (companyId) => {
      const session = openReadSession(orm, companyId)
      const twice = await Promise.all([rightOf(session.rows(everyLine)), rightOf(session.rows(everyLine))])
      await session.close()
      return twice
    })
    own(sessions.map(([first]) => first))
    own(sessions.map(([, second]) => second))
  }).timeout(120_000)
  it('are not reached by what an earlier borrower of the connection has left behind, though the pooler passes it on', async () => {
    const { orm, pooledUrl } = database()
    const [careless, next] = [new Client({ connectionString: pooledUrl }), new Client({ connectionString: pooledUrl })]
    await Promise.all([careless.connect(), next.connect()])
    await careless.query(`select set_config('app.company_id', 'company-1', false), set_config('app.company_ids', 'company-1', false)`)
    await next.query('begin')
    await next.query(`select set_config('role', 'daisi_reader', true)`)
    const inherited = await next.query<Seen>('select company_id from read.message_timeline')
    await next.query('commit')
    expect(inherited.rows).to.deep.equal([{ company_id: 'company-1' }])
    const two = 'company-2' as CompanyId
    expect((await asReader(orm, two, rowsOf(everyLine))).map(({ company_id }) => company_id)).to.deep.equal([two])
    expect((await asWriter(orm, [two], rowsOf(everyMessage))).map(({ company_id }) => company_id)).to.deep.equal([two])
    expect(await asWriter(orm, [], rowsOf(everyMessage))).to.deep.equal([])
    await Promise.all([careless.end(), next.end()])
  })
})
