import type { CompanyId } from '../../../domain/company.ts'
import type { Everything } from '../../main/everything.ts'
import { mintToken } from '../graphql/token.ts'

export interface Totals {
  readonly chatCount: number
  readonly messageCount: number
  readonly unreadCount: number
  readonly contacts: number
  readonly agents: number
  readonly onboardings: number
}

export interface DemoQuery {
  readonly totals: () => Promise<Totals>
  /** Text of the query and of the answer. */
  readonly inbox: () => Promise<{ readonly query: string; readonly answer: string }>
}

const TOTALS = `{ company { chatCount messageCount unreadCount } agents { id }
  contacts(first: 1) { totalCount } onboardings(first: 1) { totalCount } }`

const INBOX = `{
  chats(first: 3) {
    edges { node { displayName isGroup unreadCount lastActivityAt lastMessage { flow status text sentAt } contact { phoneNumber tags } } }
    pageInfo { hasNextPage }
  }
}`

const TOKEN_SECONDS = 3_600

interface TotalsAnswer {
  readonly data?: {
    readonly company: { readonly chatCount: number; readonly messageCount: number; readonly unreadCount: number }
    readonly agents: ReadonlyArray<unknown>
    readonly contacts: { readonly totalCount: number | null }
    readonly onboardings: { readonly totalCount: number | null }
  }
}

/** The demo's own client: real HTTP, a real token. */
export const askQuery = async ({ graphqlUrl, settings, secrets }: Everything, company: CompanyId): Promise<DemoQuery> => {
  const token = await mintToken({ key: secrets.jwtKey, issuer: settings.jwtIssuer, audience: settings.jwtAudience,
    company, scope: 'read:chats read:messages read:contacts', subject: 'demo', expiresInSeconds: TOKEN_SECONDS })
  const ask = async (query: string): Promise<string> => {
    const response = await fetch(graphqlUrl, { method: 'POST', body: JSON.stringify({ query }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` } })
    return response.text()
  }
  return {
    totals: async () => {
      const { data } = JSON.parse(await ask(TOTALS)) as TotalsAnswer
      if (data === undefined) throw new Error('the GraphQL API refused the demo query; see its log lines above')
      return { ...data.company, agents: data.agents.length, contacts: data.contacts.totalCount ?? 0,
        onboardings: data.onboardings.totalCount ?? 0 }
    },
    inbox: async () => ({ query: INBOX, answer: JSON.stringify(JSON.parse(await ask(INBOX)), undefined, 2) }),
  }
}
