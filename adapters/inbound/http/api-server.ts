import * as E from 'fp-ts/lib/Either.js'
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Socket } from 'node:net'
import { refusedAnswer, type Answer, type ApiAnswer } from './answer.ts'
import { readBody } from './read-body.ts'
import { corsHeaders, passGate } from './request-gate.ts'
import { tlsOptions, type Tls } from './tls.ts'

/** How long a client may take (bad inputs Q34, H12). */
export interface Patience {
  readonly headersMs: number
  /** For the whole request, its head included. */
  readonly requestMs: number
  /** Of a connection between two requests. */
  readonly idleMs: number
  /** For reading the answer. */
  readonly answerMs: number
}

export interface ApiServerOptions {
  readonly answer: Answer
  /** Origins whose pages may ask, for example `https://inbox.example`. */
  readonly allowedOrigins: ReadonlySet<string>
  /** Connections beyond it are told 503 and closed (bad inputs H16). */
  readonly mostConnections: number
  readonly patience: Patience
  readonly tls?: Tls
  readonly onAnswered: (status: number, seconds: number) => void
}

const MS_PER_SECOND = 1_000
const MOST_HEADER_BYTES = 16_384
/** Node looks for slow clients this often; its own 30 s would stretch every limit by as much. */
const LOOK_EVERY_MS = 1_000

const ALWAYS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

/** Repeated headers were joined by Node; only `set-cookie`, which is none of ours, stays a list. */
const headersOf = (request: IncomingMessage): Readonly<Record<string, string | undefined>> =>
  request.headers as Readonly<Record<string, string | undefined>>

const PREFLIGHT: ApiAnswer = { status: 204, headers: { allow: 'GET, POST, OPTIONS' }, body: '' }

const answerTo = async (request: IncomingMessage, signal: AbortSignal, options: ApiServerOptions): Promise<ApiAnswer> => {
  const passed = passGate(request, options.allowedOrigins)
  if (E.isLeft(passed)) return refusedAnswer(passed.left)
  if (request.method === 'OPTIONS') return PREFLIGHT
  const [method = '', query] = [request.method, passed.right]
  return options.answer({ method, query, headers: headersOf(request), body: () => readBody(request), signal })
}

/** Aborts when the connection closes before the answer is out. */
const whileWaitedFor = (response: ServerResponse): AbortSignal => {
  const waiting = new AbortController()
  response.once('close', () => { if (!response.writableFinished) waiting.abort() })
  return waiting.signal
}

/** A body that was not read to its end would be taken for the next request. */
const isUnread = (request: IncomingMessage): boolean => !request.complete && request.method === 'POST'

const send = (request: IncomingMessage, response: ServerResponse, { status, headers, body }: ApiAnswer, answerMs: number): void => {
  const slow = setTimeout(() => { response.destroy() }, answerMs)
  response.once('close', () => { clearTimeout(slow) })
  const closing = isUnread(request) ? { connection: 'close' } : {}
  const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) }
  response.writeHead(status, { ...ALWAYS, ...headers, ...closing, ...length })
  response.end(body)
}

const listener = (options: ApiServerOptions) => async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const began = performance.now()
  const answer = await answerTo(request, whileWaitedFor(response), options)
  if (!response.destroyed) {
    const headers = { ...answer.headers, ...corsHeaders(request, options.allowedOrigins) }
    send(request, response, { ...answer, headers }, options.patience.answerMs)
  }
  options.onAnswered(answer.status, (performance.now() - began) / MS_PER_SECOND)
}

const FULL = 'HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'

/** One connection too many is told so, whether or not it has sent a request. */
const capped = (most: number) => {
  let open = 0
  return (socket: Socket): void => {
    open += 1
    socket.once('close', () => { open -= 1 })
    if (open <= most) return
    socket.end(FULL)
    socket.destroySoon()
  }
}

/** The API's port. Whoever is refused by the head of a request or by the number of connections costs no more than that. */
export const apiServer = (options: ApiServerOptions): Server => {
  const { patience: { headersMs, requestMs, idleMs }, tls, mostConnections } = options
  const limits = {
    headersTimeout: headersMs, requestTimeout: requestMs, keepAliveTimeout: idleMs, connectionsCheckingInterval: LOOK_EVERY_MS,
    maxHeaderSize: MOST_HEADER_BYTES, joinDuplicateHeaders: true,
  }
  const answering = listener(options)
  const listening = (request: IncomingMessage, response: ServerResponse): void => { void answering(request, response) }
  const server = tls === undefined ? createHttpServer(limits, listening) : createHttpsServer({ ...limits, ...tlsOptions(tls) }, listening)
  server.maxHeadersCount = 0
  return server.prependListener('connection', capped(mostConnections))
}
