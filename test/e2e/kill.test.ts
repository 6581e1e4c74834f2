import { expect } from 'chai'
import { sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { eventually } from '../support/eventually.ts'
import { openBroker, type Broker } from '../support/broker.ts'
import { startService, type ServiceProcess } from '../support/service-process.ts'
import { untilSettled } from '../support/settled.ts'
import { withDatabase } from '../support/with-database.ts'

const COMPANIES = ['KILL-A', 'KILL-B', 'KILL-C', 'KILL-D']
const KILLS = 20
const MESSAGES_A_ROUND = 150
/** Long enough that work is in hand, short enough that much is not done. */
const WORK_MS = 400
const TEST_WITHIN_MS = 420_000
const STATUSES = ['sent', 'delivered', 'read'] as const

interface Counted { readonly [name: string]: number }

/** What was published, folded by hand: the last status of each message, the unread count of each chat. */
interface Expected { readonly statuses: Map<string, string>; readonly unread: Map<string, number> }

const round = async ({ publish }: Broker, n: number, { statuses, unread }: Expected): Promise<void> => {
  const events: (readonly [subject: string, body: object])[] = []
  for (let i = 0; i < MESSAGES_A_ROUND; i += 1) {
    const company = COMPANIES[i % COMPANIES.length] ?? ''
    const [messageId, chatId] = [`m-${n}-${i}`, `chat-${i % 12}`]
    const status = STATUSES[i % STATUSES.length] ?? 'sent'
    statuses.set(`${company} ${messageId}`, status)
    unread.set(`${company} ${chatId}`, (unread.get(`${company} ${chatId}`) ?? 0) + 1)
    events.push([`v1.messages.upsert.${company}`, { message_id: messageId, chat_id: chatId, jid: 'x@s.whatsapp.net', flow: 'IN', agent_id: 'a-1',
      from_phone: `62811${i % 30}`, message_text: `text ${i}`, message_timestamp: 1_750_000_000 + n * 1_000 + i, status: 'sent' }],
    [`v1.messages.update.${company}`, { message_id: messageId, status }],
    [`v1.chats.update.${company}`, { chat_id: chatId, unread_count: 1 }])
  }
  await Promise.all(events.map(([subject, body]) => publish(subject, JSON.stringify(body))))
}

describe('kill -9 under load', () => {
  const database = withDatabase()
  let broker: Broker
  const processes = new Map<'ingest' | 'project', ServiceProcess>()
  const expected: Expected = { statuses: new Map(), unread: new Map() }

  const start = async (role: 'ingest' | 'project'): Promise<void> => {
    processes.set(role, await startService(role, { NATS_URL: broker.url, DATABASE_URL: database().url, DAISI_ACK_WAIT_SECONDS: '5' }))
  }
  const count = async (query: string): Promise<number> => {
    const { rows: [row] } = await sql<Counted>`${sql.raw(query)}`.execute(database().orm.em.fork().getKysely<unknown>())
    return Object.values(row ?? {})[0] ?? Number.NaN
  }

  before(async function () {
    this.timeout(TEST_WITHIN_MS)
    broker = await openBroker()
    for (const company of COMPANIES) for (let i = 0; i < 12; i += 1) {
      expected.unread.set(`${company} chat-${i}`, 0)
      await broker.publish(`v1.chats.upsert.${company}`, JSON.stringify({ chat_id: `chat-${i}`, jid: `${i}@s.whatsapp.net`, phone_number: `6281${i}`, agent_id: 'a-1' }))
    }
    await Promise.all([start('ingest'), start('project')])
    for (let n = 0; n < KILLS; n += 1) {
      await round(broker, n, expected)
      await sleep((n * 37) % WORK_MS)
      const role = n % 2 === 0 ? 'ingest' : 'project'
      expect(await processes.get(role)?.end('SIGKILL')).to.equal('SIGKILL')
      await start(role)
    }
    await untilSettled(broker.jsm, COMPANIES.length, 120_000)
  })

  after(async function () {
    this.timeout(TEST_WITHIN_MS)
    for (const one of processes.values()) expect(await one.end('SIGTERM')).to.equal(0)
    await broker.close()
  })

  it('stores every published message once', async () => {
    expect(await count('select count(*)::int as n from daisi.messages')).to.equal(KILLS * MESSAGES_A_ROUND)
    expect(await count(`select count(*)::int as n from daisi.failed_events where status <> 'resolved'`), 'ADR 0011').to.equal(0)
  })

  it('records each message by one fact and counts no version twice', async () => {
    expect(await count(`select count(*)::int as n from daisi.event_log where type = 'MessageRecorded'`)).to.equal(KILLS * MESSAGES_A_ROUND)
    expect(await count(`select count(*)::int as n from (select max(aggregate_version) - count(*) as gap from daisi.event_log group by company_id, kind, aggregate_id) g where gap <> 0`)).to.equal(0)
  })

  it('shows in the read model what a fold of what was published gives', async function () {
    this.timeout(TEST_WITHIN_MS)
    await eventually('the read model caught up', async () =>
      (await count('select count(*)::int as n from read.message_timeline')) === expected.statuses.size
        && (await count('select coalesce(sum(unread_count), 0)::int as n from read.chat_overview')) === expected.statuses.size, 60_000)
    const em = database().orm.em.fork().getKysely<unknown>()
    const messages = await sql<{ company_id: string; message_id: string; status: string }>`select company_id, message_id, status from read.message_timeline`.execute(em)
    expect(new Map(messages.rows.map((row) => [`${row.company_id} ${row.message_id}`, row.status]))).to.deep.equal(expected.statuses)
    const chats = await sql<{ company_id: string; chat_id: string; unread_count: number }>`select company_id, chat_id, unread_count from read.chat_overview`.execute(em)
    expect(new Map(chats.rows.map((row) => [`${row.company_id} ${row.chat_id}`, row.unread_count]))).to.deep.equal(expected.unread)
  })

  it('onboards each customer of an agent once', async () => {
    expect(await count('select count(*)::int as n from daisi.onboarding_log')).to.equal(await count(`select count(distinct (company_id, from_phone))::int as n from daisi.messages`))
  })
})
