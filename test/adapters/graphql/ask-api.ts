import { graphqlServer, type GraphqlOptions } from '../../../adapters/inbound/graphql/server.ts'
import { memoryReads } from '../../../adapters/outbound/memory/finder-reads.ts'
import { memoryReadModelStore, type MemoryReadModelStore } from '../../../adapters/outbound/memory/read-model-store.ts'
import { aToken, tokenIssuer } from '../../support/a-token.ts'

export interface Answer {
  readonly status: number
  readonly text: string
  readonly data: Readonly<Record<string, never>> | null | undefined
  /** `extensions.code` of each error. */
  readonly codes: ReadonlyArray<string>
  readonly messages: ReadonlyArray<string>
}

export interface Api {
  readonly store: MemoryReadModelStore
  /** What was thrown and masked. */
  readonly bugs: ReadonlyArray<unknown>
  readonly send: (init: RequestInit, path?: string) => Promise<Answer>
  /** With a valid token of acme unless `headers` says otherwise. */
  readonly ask: (query: string, variables?: object, headers?: Readonly<Record<string, string>>) => Promise<Answer>
}

interface AnsweredError { readonly message: string; readonly extensions?: { readonly code?: string } }

interface Body { readonly data?: Answer['data']; readonly errors?: ReadonlyArray<AnsweredError> }

const toAnswer = async (response: Response): Promise<Answer> => {
  const text = await response.text()
  const { data, errors = [] } = (text.startsWith('{') ? JSON.parse(text) : {}) as Body
  const codes = errors.map(({ extensions }) => extensions?.code ?? 'none')
  return { status: response.status, text, data, codes, messages: errors.map(({ message }) => message) }
}

/** The API over memory; nothing listens. */
export const openApi = (more: Partial<GraphqlOptions> = {}): Api => {
  const { key, issuer, audience } = tokenIssuer
  const store = memoryReadModelStore()
  const bugs: unknown[] = []
  const yoga = graphqlServer({
    authentication: { mode: 'jwt', issuer, audience, keys: { shared: key } }, cursorSecret: 'a secret for cursors, of 32 bytes',
    production: false, openReads: memoryReads(store), lagAfter: ({ seq }) => Promise.resolve(seq),
    onBug: (cause) => { bugs.push(cause) }, ...more,
  })
  const send: Api['send'] = async (init, path = '/graphql') => toAnswer(await yoga.fetch(`http://api${path}`, init))
  return { store, bugs, send, ask: async (query, variables = {}, headers) => send({
    method: 'POST', body: JSON.stringify({ query, variables }),
    headers: { 'content-type': 'application/json', ...(headers ?? { authorization: `Bearer ${await aToken()}` }) },
  }) }
}
