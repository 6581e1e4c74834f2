import { expect } from 'chai'
import { sql } from 'kysely'
import { eventually } from '../support/eventually.ts'
import { openBroker, type Broker } from '../support/broker.ts'
import { startService, type ServiceProcess } from '../support/service-process.ts'
import { withDatabase } from '../support/with-database.ts'

const WITHIN_MS = 60_000

interface Customer { readonly phone: string; readonly origin: string | null; readonly first: string | null; readonly logged: string | null }

const message = (phone: string, id: string, timestamp: number): object => ({ message_id: id, chat_id: phone, jid: `${phone}@s.whatsapp.net`,
  flow: 'IN', agent_id: 'a1', from_phone: phone, message_timestamp: timestamp })
const lastBatch = (...messages: ReadonlyArray<object>): string => JSON.stringify({ is_last_batch: true, agent_id: 'a1', messages })

describe('the post-scan sync of an import', () => {
  const database = withDatabase()
  let broker: Broker
  let ingest: ServiceProcess

  const start = () => startService('ingest', { NATS_URL: broker.url, DATABASE_URL: database().url, DAISI_SYNC_DELAY_SECONDS: '1' })
  const customers = async (): Promise<ReadonlyArray<Customer>> => (await sql<Customer>`select c.phone_number as phone, c.origin,
    c.first_message_id as first, o.message_id as logged from daisi.contacts c left join daisi.onboarding_log o
    on o.company_id = c.company_id and o.agent_id = c.agent_id and o.phone_number = c.phone_number order by 1`
    .execute(database().orm.em.fork().getKysely<unknown>())).rows
  const untilLogged = (phone: string, by: string) => eventually(`${phone} is logged`, async () =>
    (await customers()).some((customer) => customer.phone === phone && customer.logged === by), WITHIN_MS)

  before(async function () {
    this.timeout(WITHIN_MS)
    broker = await openBroker()
    ingest = await start()
  })
  after(async function () {
    this.timeout(WITHIN_MS)
    await ingest.end('SIGTERM')
    await broker.close()
  })

  it('onboards who wrote in the imported history, some time after its last batch', async () => {
    await broker.publish('v1.history.contacts.ACME', JSON.stringify({ contacts: ['62811', '62812', '62813'].map((phone) =>
      ({ agent_id: 'a1', phone_number: phone, ...(phone === '62813' ? { origin: 'CRM' } : {}) })) }))
    await broker.publish('v1.history.messages.ACME', JSON.stringify({ messages: [message('62811', 'h1', 1_749_000_000)] }))
    await broker.publish('v1.history.messages.ACME',
      lastBatch(message('62811', 'h0', 1_748_000_000), message('62813', 'h3', 1_749_000_000)))
    await untilLogged('62811', 'h0')
    await untilLogged('62813', 'h3')
    expect(await customers()).to.deep.equal([
      { phone: '62811', origin: 'DirectChat', first: 'h0', logged: 'h0' }, { phone: '62812', origin: null, first: null, logged: null },
      { phone: '62813', origin: 'CRM', first: 'h3', logged: 'h3' }])
  }).timeout(WITHIN_MS)

  it('is not forgotten by a process that is killed before it is due, and runs again for another import', async () => {
    await broker.publish('v1.history.messages.ACME', lastBatch(message('62812', 'h2', 1_749_000_000)))
    await eventually('the sync is stored', async () => (await sql`select from daisi.post_scan_syncs where row_version = 2`
      .execute(database().orm.em.fork().getKysely<unknown>())).rows.length === 1, WITHIN_MS)
    await ingest.end('SIGKILL')
    ingest = await start()
    await untilLogged('62812', 'h2')
  }).timeout(WITHIN_MS)
})
