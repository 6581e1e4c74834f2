import { gzipSync } from 'node:zlib'
import { aToken } from '../../../support/a-token.ts'
import { rawReply } from '../../../support/raw-http.ts'
import type { ApiServer } from '../open-api-server.ts'
import { ask, COMPANY, repeated, send, type Reply, type Row } from './row.ts'

/** The head of a request with a valid token, and what follows it. */
const raw = (head: string, body = '') => async ({ port }: ApiServer): Promise<Reply> => {
  const authorization = `authorization: Bearer ${await aToken()}`
  const { statuses: [status = 0], text } = await rawReply(port, Buffer.from(`${head.replace('@token', authorization)}${body}`, 'latin1'))
  return { status, headers: {}, text, codes: [] }
}

const POST = 'POST /graphql HTTP/1.1\r\nhost: api\r\ncontent-type: application/json\r\n@token\r\n'
const QUERY = JSON.stringify({ query: COMPANY })
const BIG = `{"query":"${COMPANY}","variables":{"x":"${'x'.repeat(300_000)}"}}`
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`

const sizes: ReadonlyArray<Row> = [
  { id: 'H1', title: 'a body of 20 MB', status: 413, send: raw(`${POST}content-length: 20971520\r\n\r\n`, 'x'.repeat(1_000)) },
  { id: 'H1', title: 'a body just above the limit', status: 413, send: (server) => send(server, { body: BIG }) },
  { id: 'H1', title: 'chunks without an end', status: 413,
    send: raw(`${POST}transfer-encoding: chunked\r\n\r\n`, chunk('x'.repeat(9_000)).repeat(40)) },
  { id: 'H1', title: 'a body in chunks, of good size', status: 200, says: /"companyId":"acme"/, reads: true,
    send: raw(`${POST}transfer-encoding: chunked\r\n\r\n`, `${chunk(QUERY)}0\r\n\r\n`) },
  { id: 'H1', title: 'a body longer than it says', status: 400, send: raw(`${POST}content-length: 10\r\n\r\n`, QUERY) },
  { id: 'H1', title: 'a length that is no number', status: 400, send: raw(`${POST}content-length: 1e3\r\n\r\n`, QUERY) },
  { id: 'H1', title: 'two lengths', status: 400, send: raw(`${POST}content-length: 5\r\ncontent-length: 6\r\n\r\n`, QUERY) },
]

const heads: ReadonlyArray<Row> = [
  { id: 'H2', title: 'both Transfer-Encoding and Content-Length', status: 400,
    send: raw(`${POST}transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n`, `${chunk(QUERY)}0\r\n\r\n`) },
  { id: 'H2', title: 'a folded header', status: 400, send: raw(`${POST}x-a: b\r\n c\r\n content-length: 0\r\n\r\n`) },
  { id: 'H2', title: 'a bare CR in a header', status: 400, send: raw(`${POST}x-a: b\rc\r\n\r\n`) },
  { id: 'H2', title: 'a NUL in a header', status: 400, send: raw(`${POST}x-a: b\0c\r\n\r\n`) },
  { id: 'H2', title: 'a space before the colon', status: 400, send: raw(`${POST}content-length : 5\r\n\r\n`) },
  { id: 'H2', title: 'no host', status: 400, send: raw('POST /graphql HTTP/1.1\r\n@token\r\ncontent-length: 0\r\n\r\n') },
  { id: 'H3', title: 'headers of 64 kB', status: 431, send: raw(`${POST}x-a: ${'x'.repeat(65_536)}\r\n\r\n`) },
  { id: 'H3', title: '2,000 headers', status: 431, send: raw(`${POST}${repeated(2_000, () => 'a:b\r\n').replaceAll(' ', '')}\r\n`) },
  { id: 'H3', title: '150 headers', status: 431, send: raw(`${POST}${repeated(150, (i) => `x-${i}:b\r\n`).replaceAll(' ', '')}\r\n`) },
  { id: 'H4', title: 'OPTIONS *', status: 405, send: raw('OPTIONS * HTTP/1.1\r\nhost: api\r\n\r\n') },
  ...['TRACE', 'PUT', 'DELETE', 'PATCH', 'HEAD'].map((method): Row => ({
    id: 'H4', title: method, status: 405, header: ['allow', /GET, POST/],
      send: (server) => send(server, { method, headers: { 'content-length': '0' } }) })),
]

const paths: ReadonlyArray<Row> = [
  ...['/', '//graphql', '/graphql/', '/graphql//', '/GraphQL', '/graphql/../graphql', '/x/../graphql', '/%67raphql', '/%2e%2e/graphql',
    '/graphql%00', '/graphql;x', '/../../etc/passwd', `/${'a'.repeat(10_240)}`, '/graphql#x'].map((path): Row => ({
    id: 'H5', title: `the path ${path.slice(0, 30)}`, status: 404, hides: /companyId|root:/,
    send: raw(`GET ${path}?query=${encodeURIComponent(COMPANY)} HTTP/1.1\r\nhost: api\r\n@token\r\n\r\n`) })),
  { id: 'H6', title: 'a body of zeros in gzip', status: 415,
    send: (server) => send(server, { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(10_485_760)) }) },
  ...['deflate', 'br', 'gzip, identity', 'zstd'].map((coding): Row => ({
    id: 'H6', title: `the coding ${coding}`, status: 415,
      send: (server) => send(server, { headers: { 'content-encoding': coding }, body: QUERY }) })),
  { id: 'H7', title: 'a forged Host', status: 200, says: /"companyId":"acme"/, hides: /evil/, reads: true,
    send: ask(COMPANY, {}, {}, { headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } }) },
  { id: 'H7', title: 'an absolute address', status: 200, says: /"companyId":"acme"/, hides: /evil|location/i, reads: true,
    send: raw(`GET http://evil.example/graphql?query=${encodeURIComponent(COMPANY)} HTTP/1.1\r\nhost: evil.example\r\n@token\r\n\r\n`) },
  { id: 'H7', title: 'another absolute address', status: 404,
    send: raw('GET http://evil.example/metrics HTTP/1.1\r\nhost: evil.example\r\n@token\r\n\r\n') },
  { id: 'H8', title: 'a forged X-Forwarded-For', status: 200, says: /"companyId":"acme"/, reads: true,
    send: ask(COMPANY, {}, {}, { headers: { 'x-forwarded-for': '127.0.0.1, 10.0.0.1', forwarded: 'for=127.0.0.1;host=evil',
      'x-real-ip': '::1' } }) },
  { id: 'H10', title: 'a body that is no UTF-8', status: 400, codes: ['BAD_REQUEST'],
    send: (server) => send(server, { body: Buffer.from('{"query":"\xff\xfe\xc0"}', 'latin1') }) },
  { id: 'H10', title: 'a body that is no JSON', status: 400, hides: /secret|position/,
    send: (server) => send(server, { body: '{"secret": ' }) },
  { id: 'H10', title: 'a body of UTF-16', status: 415,
    send: (server) => send(server, { headers: { 'content-type': 'application/json; charset=utf-16' },
      body: Buffer.from(QUERY, 'utf16le') }) },
  { id: 'H10', title: 'no body', status: 400, send: (server) => send(server, {}) },
  ...['/metrics', '/readyz', '/ready', '/livez', '/health', '/debug', '/debug/pprof'].map((path): Row => ({
    id: 'H13', title: `${path} from outside`, status: 404, send: (server) => send(server, { method: 'GET', path }) })),
]

export const httpRows: ReadonlyArray<Row> = [...sizes, ...heads, ...paths]
