import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { toPersistedOperations } from '../../../adapters/inbound/graphql/persisted-operations.ts'
import { graphqlServer, type GraphqlOptions } from '../../../adapters/inbound/graphql/server.ts'
import type { ApiAnswer } from '../../../adapters/inbound/http/answer.ts'
import { memoryCompanyStanding, type MemoryCompanyStanding } from '../../../adapters/outbound/memory/company-standing.ts'
import { memoryReads } from '../../../adapters/outbound/memory/finder-reads.ts'
import { memoryReadModelStore, type MemoryReadModelStore } from '../../../adapters/outbound/memory/read-model-store.ts'
import { noTracing } from '../../../application/ports/tracing.ts'
import type { OpenOperations } from '../../../application/operations.ts'
import { memoryOperations } from '../../support/memory-operations.ts'
import { aToken, tokenIssuer } from '../../support/a-token.ts'

export interface Answer {
  readonly status: number
  readonly text: string
  readonly data: Readonly<Record<string, never>> | null | undefined
  /** `extensions.code` of each error. */
  readonly codes: ReadonlyArray<string>
  readonly messages: ReadonlyArray<string>
}

/** What a test sends, past the HTTP server. */
export interface Asking {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal
}

export interface Api {
  readonly store: MemoryReadModelStore
  readonly operators: ReturnType<typeof memoryOperations>
  readonly standing: MemoryCompanyStanding
  /** Companies whose token came with the name of another. */
  readonly conflicts: ReadonlyArray<string>
  /** What was thrown and masked. */
  readonly bugs: ReadonlyArray<unknown>
  /** Codes of the errors that were answered. */
  readonly errors: ReadonlyArray<string>
  readonly send: (init: Asking, query?: string) => Promise<Answer>
  /** With a valid token of acme unless `headers` says otherwise. */
  readonly ask: (query: string, variables?: object, headers?: Readonly<Record<string, string>>) => Promise<Answer>
}

interface AnsweredError { readonly message: string; readonly extensions?: { readonly code?: string } }

interface Body { readonly data?: Answer['data']; readonly errors?: ReadonlyArray<AnsweredError> }

const toAnswer = ({ status, body: text }: ApiAnswer): Answer => {
  const { data, errors = [] } = (text.startsWith('{') ? JSON.parse(text) : {}) as Body
  const codes = errors.map(({ extensions }) => extensions?.code ?? 'none')
  return { status, text, data, codes, messages: errors.map(({ message }) => message) }
}

/** As if an ingest process worked through each job at once. */
const workedThrough = ({ open, runAll }: ReturnType<typeof memoryOperations>): OpenOperations => (companyId) => {
  const operations = open(companyId)
  return { ...operations, requestReplay: (request) => pipe(operations.requestReplay(request), TE.chainFirst(() => TE.fromTask(runAll))) }
}

/** Options of an API over memory, with what it tells. */
export const memoryApi = () => {
  const { key, issuer, audience } = tokenIssuer
  const [store, standing] = [memoryReadModelStore(), memoryCompanyStanding(() => [])]
  const all = memoryOperations()
  const [bugs, errors, conflicts]: [unknown[], string[], string[]] = [[], [], []]
  const options: GraphqlOptions = {
    authentication: { mode: 'jwt', issuer, audience, keys: { shared: key } }, cursorSecret: 'a secret for cursors, of 32 bytes',
    production: false, openReads: memoryReads(store), openOperations: workedThrough(all), standing,
    share: { concurrency: 1_000, rowsPerSecond: 10_000_000 },
    persisted: toPersistedOperations([], false), lagAfter: ({ seq }) => Promise.resolve(seq),
    tracing: noTracing, onBug: (cause) => { bugs.push(cause) },
    onError: (code) => { errors.push(code) }, onConflict: (company) => { conflicts.push(company) },
  }
  return { store, operators: all, standing, bugs, errors, conflicts, options }
}

const lowerCased = (headers: Readonly<Record<string, string>> = {}): Record<string, string> => Object.fromEntries(new Headers(headers))

/** The API over memory; nothing listens. */
export const openApi = (more: Partial<GraphqlOptions> = {}): Api => {
  const { options, ...told } = memoryApi()
  const answer = graphqlServer({ ...options, ...more })
  const send: Api['send'] = async ({ method = 'GET', headers, body = '', signal = new AbortController().signal }, query = '') =>
    toAnswer(await answer({ method, query, headers: lowerCased(headers), body: () => Promise.resolve(E.right(body)), signal }))
  return { ...told, send, ask: async (query, variables = {}, headers) => send({
    method: 'POST', body: JSON.stringify({ query, variables }),
    headers: { 'content-type': 'application/json', ...(headers ?? { authorization: `Bearer ${await aToken()}` }) },
  }) }
}
