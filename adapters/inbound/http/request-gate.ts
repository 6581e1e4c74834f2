import * as E from 'fp-ts/lib/Either.js'
import type { IncomingMessage } from 'node:http'
import type { Refused } from './answer.ts'

/** Far above what 2,000 tokens and their variables need (bad inputs H1). */
export const MOST_BODY_BYTES = 262_144
/** Node cuts off what comes after its own limit without a word (bad inputs H3). */
const MOST_HEADERS = 100
const ALLOWED = 'GET, POST, OPTIONS'
const PREFLIGHT_SECONDS = '600'
const NOT_HERE: Refused = { status: 404, code: 'NOT_FOUND', message: 'There is nothing here.' }
const ABSOLUTE = /^https?:\/\/[^/?#]+/i
const JSON_MEDIA = /^application\/json(?: *; *charset="?utf-8"?)?$/i

/** Path and query as sent: nothing is decoded or normalised, so that no spelling but one leads to the API (bad inputs H5). */
const targetOf = ({ url = '' }: IncomingMessage): readonly [path: string, query: string] => {
  const local = url.replace(ABSOLUTE, '')
  const mark = local.indexOf('?')
  return mark < 0 ? [local, ''] : [local.slice(0, mark), local.slice(mark + 1)]
}

const refusedTarget = (request: IncomingMessage, path: string): Refused | undefined => {
  if (request.rawHeaders.length > 2 * MOST_HEADERS) return { status: 431, code: 'BAD_REQUEST', message: 'Too many headers.' }
  if (path !== '/graphql' && path !== '*') return NOT_HERE
  const allowed = path === '/graphql' && ALLOWED.split(', ').includes(request.method ?? '')
  return allowed ? undefined : { status: 405, code: 'BAD_REQUEST', message: 'GET and POST only.', headers: { allow: ALLOWED } }
}

/** A page of another site says so itself: browsers let no script alter these two headers (bad inputs Q29). */
const refusedOrigin = ({ headers }: IncomingMessage, allowed: ReadonlySet<string>): Refused | undefined => {
  const { origin, 'sec-fetch-site': site } = headers
  const isForeign = origin === undefined ? site === 'cross-site' || site === 'same-site' : site !== 'same-origin' && !allowed.has(origin)
  return isForeign ? { status: 403, code: 'FORBIDDEN', message: 'This page\'s origin may not ask here.' } : undefined
}

/** Only JSON in plain bytes: a form can be sent across sites without asking, and a small zip may hold a large body (bad inputs H6). */
const refusedBody = ({ method, headers }: IncomingMessage): Refused | undefined => {
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    return { status: 415, code: 'BAD_REQUEST', message: 'Compressed bodies are not accepted.' }
  if (method === 'POST' && !JSON_MEDIA.test(headers['content-type'] ?? ''))
    return { status: 415, code: 'BAD_REQUEST', message: 'The body must be application/json.' }
  return Number(headers['content-length'] ?? 0) > MOST_BODY_BYTES ? tooLarge : undefined
}

/** After it the connection is cut: what is still to come would be read as the next request. */
export const tooLarge: Refused =
  { status: 413, code: 'BAD_REQUEST', message: `A body has at most ${MOST_BODY_BYTES} bytes.`, headers: { connection: 'close' } }

/** What a listed origin's page may do (https://fetch.spec.whatwg.org/#http-cors-protocol); no cookies are ever involved. */
export const corsHeaders = ({ headers: { origin } }: IncomingMessage, allowed: ReadonlySet<string>): Readonly<Record<string, string>> =>
  (origin === undefined || !allowed.has(origin) ? {} : {
    'access-control-allow-origin': origin, 'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'authorization, content-type', 'access-control-max-age': PREFLIGHT_SECONDS, vary: 'origin',
  })

/** Looks at a request's head only. Right: its query text. `Host` and `X-Forwarded-*` are not looked at (bad inputs H7, H8). */
export const passGate = (request: IncomingMessage, allowedOrigins: ReadonlySet<string>): E.Either<Refused, string> => {
  const [path, query] = targetOf(request)
  const refused = refusedTarget(request, path) ?? refusedOrigin(request, allowedOrigins) ?? refusedBody(request)
  return refused === undefined ? E.right(query) : E.left(refused)
}
