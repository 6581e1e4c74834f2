import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import type { CompanyId } from '../../domain/company.ts'
import { mintToken } from '../../adapters/inbound/graphql/token.ts'
import { eventually } from '../support/eventually.ts'
import { openBroker, type Broker } from '../support/broker.ts'
import { startService, type ServiceProcess } from '../support/service-process.ts'
import { withDatabase } from '../support/with-database.ts'

const KEY = 'a-key-for-tests-of-at-least-32-bytes'
const TEST_WITHIN_MS = 180_000
const READABLE_WITHIN_MS = 30_000
const ALL = 'read:chats read:messages read:contacts'

const EVENTS: ReadonlyArray<readonly [subject: string, body: object]> = [
  ['v1.messages.update', { id: 'm-1', status: 'read' }],
  ['v1.chats.update', { id: 'c-1', unread_count: 1, conversation_timestamp: 1_750_650_100 }],
  ['v1.connection.update', { agent_id: 'a-1', status: 'connected', agent_name: 'Jakarta', qr_code: 'SECRET-PAIRING-CODE' }],
  ['v1.chats.upsert', { chat_id: 'c-1', jid: '62811@s.whatsapp.net', agent_id: 'a-1', phone_number: '62811', push_name: 'Sinta',
    conversation_timestamp: 1_750_650_000 }],
  ['v1.messages.upsert', { message_id: 'm-1', chat_id: 'c-1', jid: '62811@s.whatsapp.net', flow: 'IN', agent_id: 'a-1', from: '62811',
    status: 'delivered',
    message_text: 'masih ada stok?', message_timestamp: 1_750_650_042_000, message_obj: { big: '@@BIG@@' },
    campaign: { is_campaign: true, tags: 'promo-juni,vip', origin: 'IG-Ads', assigned_to: 'cs-07' } }],
  ['v1.contacts.upsert', { id: 'crm-17', agent_id: 'a-1', phone_number: '62811', push_name: 'Sinta' }],
  ['v1.contacts.update', { id: 'crm-17', custom_name: 'Ibu Sinta' }],
  ['v1.history.chats', { chats: [{ chat_id: 'c-2', jid: 'g@g.us', is_group: true, group_name: 'Reseller', agent_id: 'a-1',
    conversation_timestamp: 1_749_000_000 }] }],
  ['v1.history.messages', { is_last_batch: true, agent_id: 'a-1', messages: [{ message_id: 'h-1', chat_id: 'c-2', jid: 'g@g.us',
    flow: 'OUT', message_text: 'halo', message_timestamp: 1_749_000_001 }] }],
  ['v1.history.contacts', { contacts: [{ agent_id: 'a-1', phone_number: '62822', push_name: 'Bagas' }] }],
]

const QUERY = `{ company { companyId chatCount messageCount } agents { agentId status agentName }
  chats { edges { node { chatId displayName isGroup unreadCount lastMessage { messageId status text } contact { customName tags origin assignedTo } } } }
  message(messageId: "m-1") { sentAt status content chat { chatId } } onboardings { edges { node { phoneNumber messageId } } } }`

interface Answer { readonly data?: Record<string,
  unknown>; readonly errors?: ReadonlyArray<{ readonly extensions?: { readonly code?: string } }> }

describe('events in over NATS, answers out over GraphQL', () => {
  const database = withDatabase()
  let broker: Broker
  let processes: ReadonlyArray<ServiceProcess>
  let graphqlUrl: string

  const ask = async (company: string, query: string, scope = ALL): Promise<{ readonly status: number; readonly text: string }> => {
    const token = await mintToken({ key: KEY, issuer: 'daisi', audience: 'daisi-wa-events', company: company as CompanyId, scope,
      subject: 'test', expiresInSeconds: 60 })
    const response = await fetch(graphqlUrl, { method: 'POST', body: JSON.stringify({ query }), headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` } })
    return { status: response.status, text: await response.text() }
  }

  before(async function () {
    this.timeout(TEST_WITHIN_MS)
    broker = await openBroker()
    const env = { NATS_URL: broker.url, DATABASE_URL: database().url, JWT_KEY: KEY, CURSOR_SECRET: KEY }
    processes = await Promise.all([startService('ingest', env), startService('project', env), startService('serve', env)])
    graphqlUrl = processes[2]?.httpUrl ?? ''
    for (const [subject, body] of EVENTS) await broker.publish(`${subject}.ACME`, JSON.stringify(body).replace('"@@BIG@@"', '9007199254740993'))
    await eventually('everything can be read', async () => {
      const { text } = await ask('ACME', QUERY)
      return ['Ibu Sinta', '"chatId":"c-2"', '"messageCount":2', '"phoneNumber":"62811"', 'promo-juni'].every((part) => text.includes(part))
    }, READABLE_WITHIN_MS)
  })

  after(async function () {
    this.timeout(TEST_WITHIN_MS)
    expect(await Promise.all(processes.map((one) => one.end('SIGTERM')))).to.deep.equal([0, 0, 0])
    await broker.close()
  })

  it('shows early updates, aliases, campaigns and histories as one picture', async () => {
    const { data, errors } = JSON.parse((await ask('ACME', QUERY)).text) as Answer
    expect(errors).to.equal(undefined)
    expect(data?.['company']).to.deep.equal({ companyId: 'ACME', chatCount: 2, messageCount: 2 })
    expect(data?.['agents']).to.deep.equal([{ agentId: 'a-1', status: 'connected', agentName: 'Jakarta' }])
    expect(data?.['onboardings']).to.deep.equal({ edges: [{ node: { phoneNumber: '62811', messageId: 'm-1' } }] })
    expect(data?.['chats']).to.deep.equal({ edges: [
      { node: { chatId: 'c-1', displayName: 'Ibu Sinta', isGroup: false, unreadCount: 0, lastMessage: { messageId: 'm-1', status: 'read',
        text: 'masih ada stok?' },
        contact: { customName: 'Ibu Sinta', tags: ['promo-juni', 'vip'], origin: 'IG-Ads', assignedTo: 'cs-07' } } },
      { node: { chatId: 'c-2', displayName: 'Reseller', isGroup: true, unreadCount: 0, lastMessage: { messageId: 'h-1', status: null,
        text: 'halo' }, contact: null } },
    ] })
  })

  it('gives large integers back digit by digit', async () => {
    expect((await ask('ACME', QUERY)).text).to.include('"content":{"big":9007199254740993}')
  })

  it('shows another company nothing of it', async () => {
    const { text } = await ask('OTHER', QUERY)
    expect(text).not.to.match(/Sinta|m-1|c-1|62811/)
  })

  it('never shows a pairing code', async () => {
    expect((await ask('ACME', '{ agents { id agentId status agentName hostName version phoneNumber } }')).text).not.to.include('SECRET')
  })

  it('asks for the scope of what is read', async () => {
    const { errors } = JSON.parse((await ask('ACME', '{ contacts { edges { node { contactId } } } }', 'read:chats')).text) as Answer
    expect(errors?.[0]?.extensions?.code).to.equal('FORBIDDEN')
  })

  it('answers 401 without a token, and with one of another key', async () => {
    const token = await mintToken({ key: `${KEY}x`, issuer: 'daisi', audience: 'daisi-wa-events', company: 'ACME' as CompanyId, scope: ALL, subject: 'test', expiresInSeconds: 60 })
    const statuses = await Promise.all([{}, { authorization: `Bearer ${token}` }].map(async (extra: Record<string, string>) =>
      (await fetch(graphqlUrl, { method: 'POST', body: '{"query":"{ company { companyId } }"}',
        headers: { 'content-type': 'application/json', ...extra } })).status))
    expect(statuses).to.deep.equal([401, 401])
  })

  it('answers every query of the README', async () => {
    const queries = [...readFileSync(new URL('../../README.md', import.meta.url), 'utf8').matchAll(/```graphql\n([^`]+)```/g)].map(([, query]) => query ?? '')
    expect(queries).to.have.length.greaterThan(2)
    for (const query of queries) {
      const { data, errors } = JSON.parse((await ask('ACME', query)).text) as Answer
      expect(errors, query).to.equal(undefined)
      expect(data, query).to.be.an('object')
    }
  })

  it('is ready, alive and measured', async () => {
    for (const { adminUrl } of processes) {
      expect((await fetch(`${adminUrl}/livez`)).status).to.equal(200)
      expect(await (await fetch(`${adminUrl}/readyz`)).json()).to.deep.equal({ ready: true, waitingFor: [] })
      expect(await (await fetch(`${adminUrl}/metrics`)).text()).to.include('daisi_database_pool_connections').and.not.include('ACME')
    }
    const metrics = await (await fetch(`${processes[0]?.adminUrl ?? ''}/metrics`)).text()
    expect(metrics).to.match(/daisi_events_total\{event="v1.messages.upsert",outcome="applied"\} 1/)
  })

  it('has stored the sync that the last batch of a history asked for', async () => {
    interface Tables { 'daisi.post_scan_syncs': { agent_id: string } }
    const em = database().orm.em.fork().getKysely<Tables>()
    const rows = await em.selectFrom('daisi.post_scan_syncs').select('agent_id').execute()
    expect(rows).to.deep.equal([{ agent_id: 'a-1' }])
  })
})
