import { request, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { ApiServer } from '../open-api-server.ts'
import { aToken } from '../../../support/a-token.ts'

/** What came back from the real server. */
export interface Reply {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
  /** `extensions.code` of each error. */
  readonly codes: ReadonlyArray<string>
}

export interface Outcome {
  /** Any of these. */
  readonly status: number | ReadonlyArray<number>
  /** Codes that errors have, each at least once, and no other. */
  readonly codes?: ReadonlyArray<string>
  /** What the answer says, or must not say. */
  readonly says?: RegExp
  readonly hides?: RegExp
  /** The query is good enough to be looked up; nothing is read for any other (bad inputs, heading of section 7). */
  readonly reads?: boolean
  /** The answer's header. */
  readonly header?: readonly [name: string, value: RegExp]
}

/** A row of bad-inputs.md: its number there, what is sent, and what must come of it. */
export interface Row extends Outcome {
  readonly id: string
  readonly title: string
  readonly send: (server: ApiServer) => Promise<Reply>
}

export interface Sent {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string | ReadonlyArray<string>>>
  readonly body?: string | Uint8Array
}

interface AnsweredError { readonly extensions?: { readonly code?: string } }

const codesIn = (body: string): ReadonlyArray<string> => {
  if (!body.startsWith('{')) return []
  const { errors = [] } = JSON.parse(body) as { readonly errors?: ReadonlyArray<AnsweredError> }
  return errors.map(({ extensions }) => extensions?.code ?? 'none')
}

/** One request over node:http, with a valid token unless the headers name another or `authorization: ''`. */
export const send = async ({ port }: ApiServer, { method = 'POST', path = '/graphql', headers = {}, body = '' }: Sent): Promise<Reply> => {
  const authorization = headers['authorization'] ?? `Bearer ${await aToken()}`
  const given = { 'content-type': 'application/json', ...headers, authorization }
  const sent = request({ port, host: '127.0.0.1', method, path, agent: false,
    headers: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '').map(([name, value]) =>
      [name, typeof value === 'string' ? value : [...value]])) })
  sent.end(body)
  const [response] = await once(sent, 'response') as [IncomingMessage]
  const answer = await text(response)
  return { status: response.statusCode ?? 0, headers: response.headers, text: answer, codes: codesIn(answer) }
}

/** One query in JSON. */
export const ask = (query: string, variables: object = {}, more: object = {}, sent: Sent = {}): Row['send'] => (server) =>
  send(server, { ...sent, body: JSON.stringify({ query, variables, ...more }) })

export const COMPANY = '{ company { companyId } }'

export const repeated = (count: number, part: (i: number) => string): string => Array.from({ length: count }, (_, i) => part(i)).join(' ')
