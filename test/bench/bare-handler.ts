import { createServer } from 'node:http'
import { Pool, type PoolClient } from 'pg'
import type { SentStatement } from '../support/sent-statements.ts'
import { inboxJson, timelineJson, type BareRow } from './bare-pages.ts'
import type { PageName } from './page-requests.ts'
import type { RecordedPages } from './recorded-pages.ts'

/**
 * A program: the pages of the API without the API. The SQL of the service, with role and company set in the transaction as there, and
 * the same JSON made by hand; no GraphQL, tokens, limits or budgets. Tells its port on standard output.
 */
const [databaseUrl = '', poolSize = '1', recordedJson = '{}'] = process.argv.slice(2)

const recorded = JSON.parse(recordedJson) as RecordedPages
const pool = new Pool({ connectionString: databaseUrl, max: Number(poolSize), pipeline: true } as object)

type Rows = ReadonlyArray<BareRow>

const statementWith = (page: PageName, text: RegExp): SentStatement => {
  const found = recorded[page].statements.find((statement) => text.test(statement.text))
  if (found === undefined) throw new Error(`the service sends nothing like ${text.source}`)
  return found
}

/** For another company than it was recorded for. */
const sender = (client: PoolClient, page: PageName, company: string) => async (
  { text, values }: SentStatement, lists: ReadonlyArray<unknown> = [],
): Promise<Rows> => {
  const given = lists.values()
  const listOr = (value: unknown): unknown => (Array.isArray(value) ? given.next().value ?? value : value)
  const own = values.map((value) => (value === recorded[page].company ? company : listOr(value)))
  return (await client.query<BareRow>(text, own)).rows
}

const BEGIN = /^begin/
const COMMIT = /^commit/
const SETTINGS = /set_config/
const CHATS = /from read\.chat_overview/
const MESSAGES = /from read\.message_timeline/
const CONTACTS = /join read\.contact_card/

const statements = {
  begin: statementWith('inbox', BEGIN), settings: statementWith('inbox', SETTINGS), commit: statementWith('inbox', COMMIT),
  chats: statementWith('inbox', CHATS), lastMessages: statementWith('inbox', MESSAGES), contacts: statementWith('inbox', CONTACTS),
  chat: statementWith('timeline', CHATS), messages: statementWith('timeline', MESSAGES),
}

type Send = ReturnType<typeof sender>

const inbox = async (send: Send): Promise<string> => {
  const [, , chats] = await Promise.all([send(statements.begin), send(statements.settings), send(statements.chats)])
  const page = chats.slice(0, 50)
  const [contacts, messages] = await Promise.all([
    send(statements.contacts, [page.map(({ agentId }) => agentId), page.map(({ phoneNumber }) => phoneNumber)]),
    send(statements.lastMessages, [page.map(({ lastMessageId }) => lastMessageId)]),
  ])
  return inboxJson(page, chats.length > page.length, messages, contacts)
}

const timeline = async (send: Send): Promise<string> => {
  const [, , [chat]] = await Promise.all([send(statements.begin), send(statements.settings), send(statements.chat)])
  const messages = await send(statements.messages)
  return timelineJson(chat?.['chatId'], messages.slice(0, 50), messages.length > 50)
}

const read = async (page: PageName, company: string): Promise<string> => {
  const client = await pool.connect()
  try {
    const send = sender(client, page, company)
    const json = await (page === 'inbox' ? inbox(send) : timeline(send))
    await send(statements.commit)
    return json
  } finally {
    client.release()
  }
}

const server = createServer((request, response) => {
  const [, page, company = ''] = (request.url ?? '').split('/')
  void read(page === 'timeline' ? 'timeline' : 'inbox', company).then((json) => {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(json) })
    response.end(json)
  }, (cause: unknown) => { response.writeHead(500).end(String(cause)) })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`)
})
