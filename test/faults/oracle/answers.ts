import { SignJWT } from 'jose'
import type { Model } from './expected.ts'
import type { Row, Rows } from './rows.ts'

/** How to ask the API: where it is, and the shared key that its tokens are signed with. */
export interface Api { readonly url: string; readonly jwtKey: string }

interface Answer { readonly data?: Readonly<Record<string, unknown>>; readonly errors?: ReadonlyArray<{ readonly message: string }> }

const ask = async ({ url, jwtKey }: Api, company: string, query: string): Promise<Readonly<Record<string, unknown>>> => {
  const token = await new SignJWT({ company, scope: 'read:chats read:messages read:contacts' }).setProtectedHeader({ alg: 'HS256' })
    .setIssuer('daisi').setAudience('daisi-wa-events').setSubject('oracle').setIssuedAt().setExpirationTime('5m')
    .sign(new TextEncoder().encode(jwtKey))
  const response = await fetch(url, { method: 'POST', body: JSON.stringify({ query }),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` } })
  const answer = await response.json() as Answer
  if (answer.data === undefined || answer.errors !== undefined) throw new Error(`the API says: ${answer.errors?.[0]?.message ?? response.status}`)
  return answer.data
}

const SAMPLES = 6
/** Companies asked about side by side: a hundred at once wait longer for a connection than the API lets them. */
const AT_A_TIME = 8
/** A company that has nothing. */
const NOBODY = 'NOBODY'

const ofCompany = (rows: Rows, company: string): ReadonlyArray<readonly [id: string, row: Row]> =>
  [...rows].filter(([key]) => key.startsWith(`${company} `)).map(([key, row]) => [key.slice(company.length + 1), row])

/** Spread over all of them. */
const sampled = <T>(all: ReadonlyArray<T>): ReadonlyArray<T> => {
  const step = Math.max(1, Math.floor(all.length / SAMPLES))
  return all.filter((_, i) => i % step === 0).slice(0, SAMPLES)
}

const messageQuery = (ids: ReadonlyArray<string>): string =>
  `{ ${ids.map((id, i) => `m${i}: message(messageId: ${JSON.stringify(id)}) { text status failed isDeleted chatId }`).join(' ')} }`

/** What a company must be told of a message, whoever else has one of that id. */
const shownMessage = (row: Row | undefined): unknown => (row === undefined ? null : {
  text: row['message_text'] ?? null, status: row['status'] ?? null, failed: row['failed'], isDeleted: row['is_deleted'],
  chatId: row['chat_id'] ?? null,
})

const messageProblems = async (api: Api, { messages }: Model, company: string, foreign: string): Promise<ReadonlyArray<string>> => {
  const ids = sampled(ofCompany(messages, company)).map(([id]) => id)
  if (ids.length === 0) return []
  const asked = await Promise.all([company, foreign].map(async (asking) => {
    const answer = await ask(api, asking, messageQuery(ids))
    return ids.filter((id, i) => JSON.stringify(answer[`m${i}`]) !== JSON.stringify(shownMessage(messages.get(`${asking} ${id}`))))
      .map((id) => `the API's message ${id} for ${asking} differs from the model`)
  }))
  return asked.flat()
}

interface ChatPage {
  readonly chats: {
    readonly edges: ReadonlyArray<{ readonly node: { readonly chatId: string; readonly unreadCount: number } }>
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  }
}

const PAGE = 7

/** Every page of a company's chats, one after the other. */
const walkChats = async (api: Api, company: string): Promise<ReadonlyArray<string>> => {
  const seen: string[] = []
  for (let after: string | null = null; ;) {
    const query: string = `{ chats(first: ${PAGE}${after === null ? '' : `, after: ${JSON.stringify(after)}`}) {
      edges { node { chatId unreadCount } } pageInfo { hasNextPage endCursor } } }`
    const { chats: { edges, pageInfo } } = await ask(api, company, query) as unknown as ChatPage
    seen.push(...edges.map(({ node }) => `${node.chatId} ${node.unreadCount}`))
    if (!pageInfo.hasNextPage) return seen
    after = pageInfo.endCursor
  }
}

/** By last activity, then id, latest first (design 7). */
const chatProblems = async (api: Api, { chats }: Model, company: string): Promise<ReadonlyArray<string>> => {
  const wanted = [...ofCompany(chats, company)].sort(([a, rowA], [b, rowB]) =>
    Number(rowB['last_activity_at']) - Number(rowA['last_activity_at']) || (a < b ? 1 : -1)).map(([id, row]) => `${id} ${String(row['unread_count'])}`)
  return JSON.stringify(await walkChats(api, company)) === JSON.stringify(wanted) ? [] : [`the API's list of chats of ${company} differs from the model`]
}

const totalsProblems = async (api: Api, { totals }: Model, company: string): Promise<ReadonlyArray<string>> => {
  const answer = await ask(api, company, '{ company { messageCount chatCount unreadCount } }')
  const row = totals.get(company)
  const wanted = { messageCount: row?.['messages'], chatCount: row?.['chats'], unreadCount: row?.['unread'] }
  return JSON.stringify(answer['company']) === JSON.stringify(wanted) ? [] : [`the API's totals of ${company} differ from the model`]
}

/** Sampled keys, totals, and a walk through all pages, for each company; and nothing for a foreign one (O9). */
export const answerProblems = async (api: Api, model: Model): Promise<ReadonlyArray<string>> => {
  const companies = [...model.totals.keys()]
  const problemsOf = async (company: string, i: number): Promise<ReadonlyArray<string>> => [
    ...await messageProblems(api, model, company, companies[i + 1] ?? NOBODY),
    ...await chatProblems(api, model, company), ...await totalsProblems(api, model, company)]
  const problems: string[] = []
  for (let i = 0; i < companies.length; i += AT_A_TIME)
    problems.push(...(await Promise.all(companies.slice(i, i + AT_A_TIME).map((company, at) => problemsOf(company, i + at)))).flat())
  return problems
}
