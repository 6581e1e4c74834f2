import { generateKeyPairSync } from 'node:crypto'
import { exportSPKI, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'
import { cursorsOf } from '../../../../adapters/inbound/graphql/cursor.ts'
import type { CompanyId } from '../../../../domain/company.ts'
import { aToken, tokenIssuer } from '../../../support/a-token.ts'
import { memoryApi } from '../ask-api.ts'
import { ask, COMPANY, send, type Row, type Sent } from './row.ts'

const { issuer, audience, key } = tokenIssuer
const REFUSED = { status: 401, codes: ['UNAUTHENTICATED'], says: /"A valid token is required\."/ }
const OTHER = 'other' as CompanyId

const inAnHour = (): number => Math.floor(Date.now() / 1_000) + 3_600
const claims = (): JWTPayload => ({ company: 'acme', scope: 'read:chats', iss: issuer, aud: audience, exp: inAnHour() })

const signed = (more: Readonly<Record<string, unknown>>, header: object = {}, secret: string = key): Promise<string> =>
  new SignJWT({ ...claims(), ...more }).setProtectedHeader({ alg: 'HS256', ...header }).sign(new TextEncoder().encode(secret))

const pair = generateKeyPairSync('rsa', { modulusLength: 2_048 })

const withToken = (title: string, token: () => Promise<string>): Row => ({
  id: 'Q30', title, ...REFUSED,
    send: async (server) => ask(COMPANY, {}, {}, { headers: { authorization: `Bearer ${await token()}` } })(server),
})

const tokens: ReadonlyArray<Row> = [
  { id: 'Q30', title: 'no token', ...REFUSED, send: ask(COMPANY, {}, {}, { headers: { authorization: '' } }) },
  withToken('an expired token', () => aToken({ expiresInSeconds: -120 })),
  withToken('a token not yet valid', () => signed({ nbf: inAnHour() - 1_800 })),
  withToken('alg: none', () => Promise.resolve(new UnsecuredJWT(claims()).encode())),
  withToken('HS256 signed with a public key', async () => signed({}, {}, await exportSPKI(pair.publicKey as never))),
  withToken('an unknown kid and algorithm', () =>
    new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: 'x' }).sign(pair.privateKey)),
  withToken('another issuer', () => aToken({ issuer: 'somebody' })),
  withToken('another audience', () => aToken({ audience: 'something' })),
  withToken('many audiences without ours', () => signed({ aud: ['a', 'b'] })),
  withToken('a token of 8 kB', () => signed({ padding: 'x'.repeat(8_200) })),
  withToken('a token of another kind', () => signed({}, { typ: 'logout+jwt' })),
  withToken('no company', () => signed({ company: undefined })),
  withToken('a company that cannot be one', () => signed({ company: 'a.b' })),
  withToken('two companies', () => signed({ company: ['acme', 'other'] })),
  withToken('agents that are no list', () => signed({ agents: 'a1' })),
  withToken('agents that are no ids', () => signed({ agents: ['a1', 7] })),
  withToken('no end', () => signed({ exp: undefined })),
  { id: 'Q30', title: 'two Authorization headers', ...REFUSED, send: async (server) =>
    ask(COMPANY, {}, {}, { headers: { authorization: [`Bearer ${await aToken()}`, `Bearer ${await aToken()}`] } })(server) },
  { id: 'Q30', title: 'a token in the query string', ...REFUSED, send: async (server) => ask(COMPANY, {}, {},
    { path: `/graphql?token=${await aToken()}&access_token=${await aToken()}`, headers: { authorization: '' } })(server) },
  { id: 'Q30', title: 'a token in the body', ...REFUSED, send: async (server) =>
    ask(COMPANY, {}, { access_token: await aToken(), authorization: await aToken() }, { headers: { authorization: '' } })(server) },
]

const OWN = { status: 200, codes: [], says: /"companyId":"acme"/, reads: true }

const asked = (more: object, sent: Sent): Row['send'] => ask(COMPANY, { companyId: 'other' }, more, sent)

const tenants: ReadonlyArray<Row> = [
  { id: 'Q17', title: 'another company in body, variable and query string', ...OWN,
    send: asked({ companyId: 'other', tenant: 'other' }, { path: '/graphql?companyId=other&x-company-id=other' }) },
  { id: 'Q17', title: 'another company as an argument', status: 400, codes: ['GRAPHQL_VALIDATION_FAILED'],
    send: ask('{ company(companyId: "other") { companyId } }') },
  { id: 'Q17', title: 'headers named like a company', ...OWN,
    send: asked({}, { headers: { 'x-tenant-id': 'other', 'x-company': 'other', 'company-id': 'other', cookie: 'company=other' } }) },
  { id: 'Q17', title: 'another company in x-company-id', status: 403, codes: ['FORBIDDEN'],
    send: asked({}, { headers: { 'x-company-id': 'other' } }) },
  { id: 'Q17', title: 'the same company in x-company-id', ...OWN, send: asked({}, { headers: { 'x-company-id': 'acme' } }) },
]

const { cursorSecret } = memoryApi().options
const LIST = 'Query.chats by latest activity'
const place = { at: 1, id: 'c' }
const own = cursorsOf(cursorSecret, 'acme' as CompanyId).encode(LIST, place)
const BAD_CURSOR = { status: 200, codes: ['BAD_CURSOR'] }

const after = (cursor: string): Row['send'] =>
  ask('query Q($after: String) { chats(after: $after) { edges { cursor } } }', { after: cursor })

const cursors: ReadonlyArray<Row> = [
  { id: 'Q14', title: 'a cursor of another company', send: after(cursorsOf(cursorSecret, OTHER).encode(LIST, place)), ...BAD_CURSOR },
  { id: 'Q14', title: 'a cursor of another list', ...BAD_CURSOR,
    send: after(cursorsOf(cursorSecret, 'acme' as CompanyId).encode('Query.contacts by latest first message', place)) },
  { id: 'Q15', title: 'a cursor edited at its end', send: after(`${own.slice(0, -1)}${own.endsWith('A') ? 'B' : 'A'}`), ...BAD_CURSOR },
  { id: 'Q15', title: 'a cursor edited at its start', send: after(`${own.startsWith('A') ? 'B' : 'A'}${own.slice(1)}`), ...BAD_CURSOR },
  { id: 'Q15', title: 'a cursor cut short', send: after(own.slice(0, 20)), ...BAD_CURSOR },
  { id: 'Q15', title: 'a cursor with more behind it', send: after(`${own}!`), ...BAD_CURSOR },
  { id: 'Q15', title: 'a cursor signed with a secret that is gone', ...BAD_CURSOR,
    send: after(cursorsOf('a secret that is no longer used, 32 bytes', 'acme' as CompanyId).encode(LIST, place)) },
  { id: 'Q15', title: 'an own cursor', send: after(own), status: 200, codes: [], reads: true },
]

const preflight = (origin: string): Row['send'] => (server) => send(server, { method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization', authorization: '' } })

const FOREIGN = { status: 403, codes: ['FORBIDDEN'], hides: /companyId/ }

const sites: ReadonlyArray<Row> = [
  { id: 'Q29', title: 'a page of another site', ...FOREIGN, send: ask(COMPANY, {}, {}, { headers: { origin: 'https://evil.example' } }) },
  { id: 'Q29', title: 'a page without an origin', ...FOREIGN, send: ask(COMPANY, {}, {}, { headers: { origin: 'null' } }) },
  { id: 'Q29', title: 'a picture or link of another site', ...FOREIGN, send: (server) => send(server, { method: 'GET',
    path: `/graphql?query=${encodeURIComponent(COMPANY)}`, headers: { 'sec-fetch-site': 'cross-site', authorization: '' } }) },
  { id: 'Q29', title: 'a form, which needs no preflight', status: 415, send: (server) => send(server, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `query=${encodeURIComponent(COMPANY)}` }) },
  ...['text/plain', 'multipart/form-data; boundary=x', 'application/graphql', ''].map((type): Row => ({
    id: 'Q29', title: `the content type "${type}", which needs no preflight or is not ours`, status: 415,
    send: (server) => send(server, { headers: { 'content-type': type }, body: JSON.stringify({ query: COMPANY }) }) })),
  { id: 'Q29', title: 'the preflight of another site', ...FOREIGN, send: preflight('https://evil.example') },
  { id: 'Q29', title: 'the preflight of a listed site', status: 204, send: preflight('https://inbox.example'),
    header: ['access-control-allow-origin', /^https:\/\/inbox\.example$/] },
  { id: 'Q29', title: 'a page of a listed site', ...OWN, send: ask(COMPANY, {}, {}, { headers: { origin: 'https://inbox.example' } }),
    header: ['access-control-allow-origin', /^https:\/\/inbox\.example$/] },
  { id: 'Q29', title: 'a page of its own origin', ...OWN,
    send: ask(COMPANY, {}, {}, { headers: { origin: 'https://api.example', 'sec-fetch-site': 'same-origin' } }) },
]

const suspended: Row = { id: 'Q32', title: 'the token of a suspended company', status: 403, codes: ['FORBIDDEN'], says: /suspended/,
  send: async (server) => {
    server.standing.suspend('gone' as CompanyId)
    return ask(COMPANY, {}, {}, { headers: { authorization: `Bearer ${await aToken({ company: 'gone' as CompanyId })}` } })(server)
  } }

export const identityRows: ReadonlyArray<Row> = [...tokens, ...tenants, ...cursors, ...sites, suspended]
