import { expect } from 'chai'
import { Client } from 'pg'
import { mintToken } from '../../../../adapters/inbound/graphql/token.ts'
import type { CompanyId } from '../../../../domain/company.ts'
import { startService, type ServiceProcess } from '../../../support/service-process.ts'
import { withDatabase } from '../../../support/with-database.ts'

const KEY = 'a-key-for-tests-of-at-least-32-bytes'
const CANARY = 'Kanarienvogel'
const WITHIN_MS = 120_000

/** A canary of its own for each place, so that a hit says where it came from. */
const planted = (place: string): string => `${CANARY}-${place}-6281234567890`

const FILTER = `query Q($filter: ChatFilter, $after: String, $n: Int) { chats(filter: $filter, after: $after, first: $n) { edges { cursor } } }`

/** Variables, each with a canary; well-formed and not. */
const VARIABLES: ReadonlyArray<object> = [
  { filter: { assignedTo: planted('filter') } }, { filter: { isGroup: planted('boolean') } }, { filter: planted('object') },
  { filter: { [planted('name')]: 1 } }, { after: planted('cursor') }, { n: planted('int') }, { [planted('variable')]: planted('unknown') },
  { filter: { assignedTo: `${planted('nul')}\0` } },
]

const DATES = 'query Q($filter: MessageFilter) { chat(chatId: "c") { messages(filter: $filter) { edges { cursor } } } }'

const LITERALS: ReadonlyArray<string> = [
  `{ chats(filter: { assignedTo: "${planted('literal')}" }) { edges { cursor } } }`,
  `{ chats(filter: { isGroup: "${planted('boolean-literal')}" }) { edges { cursor } } }`,
  `{ contacts(filter: { status: "${planted('enum-string')}" }) { edges { cursor } } }`,
  `{ chat(chatId: "${planted('unclosed')}) { jid } }`, `{ node(id: "${planted('node')}") { id } }`,
]

describe('the log, the metrics and the errors of the API', () => {
  const database = withDatabase()
  let serve: ServiceProcess
  const told: string[] = []
  before(async function () {
    this.timeout(WITHIN_MS)
    serve = await startService('serve', { DATABASE_URL: database().url, JWT_KEY: KEY, CURSOR_SECRET: KEY, LOG_LEVEL: 'debug' })
  })
  after(async function () {
    this.timeout(WITHIN_MS)
    await serve.end('SIGTERM')
  })

  const token = (more: object = {}): Promise<string> => mintToken({ key: KEY, issuer: 'daisi', audience: 'daisi-wa-events',
    company: 'acme' as CompanyId, scope: `read:chats read:messages read:contacts ${planted('scope')}`, subject: planted('subject'),
    expiresInSeconds: 60, ...more })

  /** Sends a body with canaries in every header; remembers the errors of the answer. */
  const send = async (body: string, headers: Readonly<Record<string, string>> = {}, path = ''): Promise<number> => {
    const response = await fetch(`${serve.httpUrl}${path}`, { method: 'POST', body, headers: {
      'content-type': 'application/json', authorization: `Bearer ${await token()}`, 'user-agent': planted('agent'), cookie: `a=${planted('cookie')}`,
      'x-request-id': planted('request'), traceparent: planted('trace'), ...headers } })
    const text = await response.text()
    if (text.includes('"errors"') || response.status !== 200) told.push(text)
    return response.status
  }
  const askAll = async (): Promise<void> => {
    for (const variables of VARIABLES) await send(JSON.stringify({ query: FILTER, variables, operationName: 'Q' }))
    await send(JSON.stringify({ query: DATES, variables: { filter: { sentFrom: planted('date'), type: planted('type') } } }))
    for (const query of LITERALS) await send(JSON.stringify({ query }))
  }

  it('hold nothing of what was sent, whether it was answered, refused, or failed in the database', async function () {
    this.timeout(WITHIN_MS)
    await askAll()
    await send(`{"${planted('json')}`)
    await send(JSON.stringify({ query: FILTER }), {}, `?${planted('address')}=${planted('parameter')}`)
    await send(JSON.stringify({ query: FILTER }), {}, `/${planted('path')}`)
    await send(JSON.stringify({ query: FILTER }), { authorization: `Bearer ${planted('token')}.a.b` })
    await send(JSON.stringify({ query: FILTER }), { 'x-company-id': planted('company') })
    await send(JSON.stringify({ query: FILTER }), { authorization: `Bearer ${await token({ company: planted('claim') as CompanyId })}` })
    const owner = new Client({ connectionString: database().url })
    await owner.connect()
    await owner.query('alter table read.chat_overview drop column push_name')
    await owner.end()
    await askAll()
    expect(serve.log()).to.include('a query failed').and.include('another company')
    expect(told.length).to.be.greaterThan(20)
    const metrics = await (await fetch(`${serve.adminUrl}/metrics`)).text()
    expect(metrics).to.match(/daisi_graphql_requests_total\{status="4xx"\} [1-9]/)
    for (const text of [serve.log(), metrics, ...told]) expect(text).not.to.match(/Kanarienvogel|6281234567890/)
  })
})
