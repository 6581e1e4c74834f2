import { setTimeout as sleep } from 'node:timers/promises'

/** A page of the API, and its 99th percentile over a load of requests, ms. */
export type Page = 'inbox' | 'timeline'

const READERS = 4
const WARM_UP_MS = 1_500
const MS_PER_SECOND = 1_000
const COMPANY = 'many-7'

const QUERIES: Readonly<Record<Page, string>> = {
  inbox: `{ chats(first: 50) { edges { cursor node { chatId displayName unreadCount lastActivityAt lastMessage { messageId text flow status sentAt }
    contact { customName phoneNumber tags } } } pageInfo { hasNextPage endCursor } } }`,
  timeline: `{ chat(chatId: "chat-7") { chatId messages(first: 50) { edges { cursor node { messageId text flow status type sentAt isDeleted } }
    pageInfo { hasNextPage endCursor } } } }`,
}

interface Answer { readonly data?: { readonly chats?: { readonly edges: ReadonlyArray<unknown> }
  readonly chat?: { readonly messages: { readonly edges: ReadonlyArray<unknown> } } } }

/** A page that is not full would be measured as a fast one. */
const rowsOf = ({ data }: Answer): number => (data?.chats?.edges ?? data?.chat?.messages.edges ?? []).length
const FULL_PAGE = 50

const ask = async (httpUrl: string, page: Page): Promise<number> => {
  const begun = performance.now()
  const response = await fetch(httpUrl, { method: 'POST', headers: { 'content-type': 'application/json', 'x-company-id': COMPANY },
    body: JSON.stringify({ query: QUERIES[page] }) })
  const rows = rowsOf(await response.json() as Answer)
  if (rows !== FULL_PAGE) throw new Error(`the ${page} page has ${rows} rows instead of ${FULL_PAGE}`)
  return performance.now() - begun
}

/** Four readers, one request after the other. */
export const p99OfPage = async (httpUrl: string, page: Page, seconds: number): Promise<number> => {
  const samples: number[] = []
  const begun = performance.now()
  const read = async (): Promise<void> => {
    while (performance.now() - begun < WARM_UP_MS + seconds * MS_PER_SECOND) {
      const ms = await ask(httpUrl, page)
      if (performance.now() - begun > WARM_UP_MS) samples.push(ms)
      await sleep(0)
    }
  }
  await Promise.all(Array.from({ length: READERS }, read))
  samples.sort((a, b) => a - b)
  return samples[Math.floor(samples.length * 0.99)] ?? NaN
}
