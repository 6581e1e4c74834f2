import { getNamedType, getNullableType, isEnumType, isInputObjectType, isListType, type GraphQLInputType,
  type GraphQLSchema } from 'graphql'
import { generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import { makeSchema } from '../../adapters/inbound/graphql/schema.ts'
import { toGlobalId } from '../../adapters/inbound/graphql/global-id.ts'
import { scopes } from '../../adapters/inbound/graphql/scopes.ts'
import type { CompanyId } from '../../domain/company.ts'
import type { ApiServer } from '../adapters/graphql/open-api-server.ts'
import { send, type Reply, type Sent } from '../adapters/graphql/bad-requests/row.ts'
import { aToken, tokenIssuer } from '../support/a-token.ts'
import { fieldNamed, fieldsOf, leavesOf, queryFor, type Samples } from '../support/schema-queries.ts'
import type { Tally } from './attempts.ts'
import { failedEventIdOf, uuidOf, type Planted } from './canaries.ts'

const schema: GraphQLSchema = makeSchema()

const quoted = (text: string): string => JSON.stringify(text)

const NODES = ['Chat', 'Message', 'Contact', 'Agent', 'Onboarding', 'FailedEvent', 'ReplayJob'] as const

const keyOf = (planted: Planted, type: typeof NODES[number]): string => {
  if (type === 'Agent') return planted.agent
  if (type === 'FailedEvent') return String(failedEventIdOf(planted))
  return type === 'ReplayJob' ? uuidOf(planted) : planted.id
}

const nodeIdsOf = (planted: Planted): ReadonlyArray<string> => NODES.map((type) => toGlobalId(type, keyOf(planted, type)))

/** Arguments that name a company's objects. A new argument that must be given needs a sample here. */
const samplesOf = (planted: Planted): Samples => {
  const [id = '', ...others] = nodeIdsOf(planted)
  const failedEventId = quoted(String(failedEventIdOf(planted)))
  return { chatId: quoted(planted.id), messageId: quoted(planted.id), agentId: quoted(planted.agent),
    phoneNumber: quoted(`phone-${planted.id}`), failedEventId, replayJobId: quoted(uuidOf(planted)),
    events: `{ failedEventIds: [${failedEventId}] }`, body: '"{}"', note: '"mine"',
    id: quoted(id), ids: `[${[id, ...others].map(quoted).join(', ')}]` }
}

const names = fieldsOf(schema)

type Type = Parameters<typeof leavesOf>[0]

const allOfNode = (type: string): string => {
  const object = schema.getType(type)
  return `{ __typename id ... on ${type} ${object === undefined ? '' : leavesOf(object)} }`
}

const inside = (type: Type): string => (type.name === 'Node' ? allOfNode(NODES[0]) : leavesOf(type))

/** Each of the planted row's nodes, asked for as what it is. */
const nodeQueries = (planted: Planted): ReadonlyArray<string> => nodeIdsOf(planted).map((id, i) => {
  const all = allOfNode(NODES[i] ?? '')
  return `{ node(id: ${quoted(id)}) ${all} nodes(ids: [${quoted(id)}]) ${all} }`
})

/** Values of a type that speak of the planted row, as GraphQL text. */
const valuesFor = (type: GraphQLInputType, name: string, planted: Planted): ReadonlyArray<string> => {
  const named = getNamedType(type)
  if (isInputObjectType(named)) return Object.values(named.getFields()).flatMap((field) =>
    valuesFor(field.type, field.name, planted).map((value) => `{ ${field.name}: ${value} }`))
  if (isEnumType(named)) return named.getValues().map((value) => value.name)
  const list = isListType(getNullableType(type))
  const single = (): ReadonlyArray<string> => {
    switch (named.name) {
      case 'Int': return ['1', '100']
      case 'Float': return ['1']
      case 'Boolean': return ['true', 'false']
      case 'DateTime': return ['"1970-01-01T00:00:00Z"', '"2100-01-01T00:00:00Z"']
      default: return [samplesOf(planted)[name] ?? quoted(planted.mark), quoted(planted.company)]
    }
  }
  return list ? [`[${single().join(', ')}]`] : single()
}

const PAGE = '{ pageInfo { startCursor endCursor } edges { cursor node { __typename id } } }'

const isPaged = (name: string): boolean => fieldNamed(schema, name).args.some((arg) => arg.name === 'after')

const typeOfEdges = (connection: Type): Type => {
  const edge = getNamedType(fieldNamed(schema, `${connection.name}.edges`).type)
  return getNamedType(fieldNamed(schema, `${edge.name}.node`).type)
}

const insideOf = (name: string) => (type: Type): string =>
  (isPaged(name) ? PAGE.replace('__typename id', leavesOf(typeOfEdges(type)).slice(1, -1)) : inside(type))

/** Every field, by the planted row's keys; every argument, with the planted row's values and cursors; every node. */
const queriesFor = (planted: Planted, cursors: ReadonlyMap<string, string>): ReadonlyArray<string> => {
  const samples = samplesOf(planted)
  const fields = names.map((name) => queryFor(schema, name, samples, { inside: insideOf(name) }))
  const withArguments = names.flatMap((name) => fieldNamed(schema, name).args.filter((arg) => samples[arg.name] === undefined)
    .flatMap((arg) => [...valuesFor(arg.type, arg.name, planted), ...(cursors.has(name) ? [quoted(cursors.get(name) ?? '')] : [])]
      .map((value) => queryFor(schema, name, samples, { inside: insideOf(name), more: `${arg.name}: ${value}` }))))
  return [...fields, ...withArguments, ...nodeQueries(planted)]
}

const ask = (server: ApiServer, query: string, token: string, { path = '/graphql', headers = {},
  body = '{}' }: Sent = {}): Promise<Reply> =>
  send(server, { path, headers: { ...headers, authorization: token === '' ? '' : `Bearer ${token}` },
    body: JSON.stringify({ query, ...JSON.parse(String(body)) as object }) })

/** The ways in which a request may name another company. */
const smuggled = (company: string): Readonly<Record<string, Sent>> => ({
  nothing: {}, header: { headers: { 'x-company-id': company } }, headers: { headers: { 'x-tenant-id': company, 'x-company': company,
    tenant: company } },
  cookie: { headers: { cookie: `company=${company}; company_id=${company}` } },
    address: { path: `/graphql?company=${company}&x-company-id=${company}` },
  body: { body: JSON.stringify({ company, companyId: company, tenant: company }) },
  variable: { body: JSON.stringify({ variables: { company, companyId: company, company_id: company } }) },
  extension: { body: JSON.stringify({ extensions: { company, jwt: { company } } }) },
})

const everything = scopes.join(' ')
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const badTokens = async (company: string, other: string): Promise<Readonly<Record<string, string>>> => {
  const { key, issuer, audience } = tokenIssuer
  const signed = (claims: object, alg = 'HS256') => new SignJWT({ scope: everything, company: other,
    ...claims }).setProtectedHeader({ alg })
    .setIssuer(issuer).setAudience(audience).setExpirationTime('5m')
  const secret = new TextEncoder().encode(key)
  return {
    none: '', expired: await aToken({ company: other as CompanyId, expiresInSeconds: -600 }),
    algorithm: await signed({}, 'HS512').sign(secret), public: await signed({}, 'ES256').sign(pair.privateKey),
    audience: await aToken({ company: other as CompanyId, audience: 'another' }), issuer: await aToken({ company: other as CompanyId,
      issuer: 'another' }),
    companies: await signed({ company: [company, other] }).sign(secret),
      list: await signed({ company: `${company},${other}` }).sign(secret),
  }
}

const cursorsOf = async (server: ApiServer, token: string, planted: Planted): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>()
  for (const name of names.filter(isPaged)) {
    const { text } = await ask(server, queryFor(schema, name, samplesOf(planted), { inside: () => PAGE }), token)
    const cursor = /"endCursor":"([^"]+)"/.exec(text)?.[1]
    if (cursor !== undefined) found.set(name, cursor)
  }
  return found
}

export interface ApiDoor {
  readonly server: ApiServer
  readonly own: Planted
  /** Of the same company, of an agent that a restricted token does not name. */
  readonly colleague: Planted
  /** Rows of the other company; some share all keys with rows of the own one. */
  readonly others: ReadonlyArray<Planted>
  /** A canary of the other company in a text, if there is one. */
  readonly seen: (text: string) => string | undefined
  readonly seenOfColleague: (text: string) => string | undefined
}

/** B's own token sees its canaries through every root field, else finding none of them elsewhere would prove nothing. */
const controlled = async ({ server, others: [other], seen }: ApiDoor, token: string, { control }: Tally): Promise<void> => {
  if (other === undefined) return
  for (const name of names.filter((field) => /^Query\.(?!freshness|node)/.test(field))) {
    const { text } = await ask(server, queryFor(schema, name, samplesOf(other), { inside: insideOf(name) }), token)
    control(`B sees itself through ${name}: ${text.slice(0, 200)}`, seen(text) !== undefined || text.includes(other.company))
  }
  for (const query of nodeQueries(other)) {
    const { text } = await ask(server, query, token)
    control(`B sees its own node: ${query}: ${text.slice(0, 200)}`, seen(text) !== undefined)
  }
}

/** Answers about what is another's must be, byte for byte, those about what does not exist. */
const triedAsAbsent = async ({ server, others: [other] }: ApiDoor, token: string, { count }: Tally): Promise<void> => {
  if (other === undefined) return
  const absent: Planted = { ...other, id: 'x-own', agent: 'x-1' }
  const [about, aboutNothing] = [queriesFor(other, new Map()), queriesFor(absent, new Map())]
  for (const [i, query] of about.entries()) {
    const [one, two] = [await ask(server, query, token), await ask(server, aboutNothing[i] ?? '', token)]
    count('not_found', query, one.text === two.text && one.status === two.status ? undefined : 'tells that it exists')
  }
}

/** Every query, field, argument, cursor and node of B, with A's tokens and with tokens that are none (reliability G15). */
export const tryApi = async (door: ApiDoor, told: Tally): Promise<void> => {
  const { server, own, colleague, others, seen, seenOfColleague } = door
  const [company, other] = [own.company as CompanyId, others[0]?.company as CompanyId]
  const [ownToken, otherToken] = [await aToken({ company, scope: everything }), await aToken({ company: other, scope: everything })]
  await controlled(door, otherToken, told)
  const attempts = async (door: string, query: string, token: string, sent: Sent, check: (reply: Reply) => string | undefined) => {
    const reply = await ask(server, query, token, sent)
    told.count(door, `${query} ${JSON.stringify(sent)}`, check(reply))
  }
  for (const planted of others) {
    const queries = queriesFor(planted, await cursorsOf(server, otherToken, planted))
    for (const query of queries) for (const sent of Object.values(smuggled(other)))
      await attempts('api', query, ownToken, sent, ({ text }) => seen(text))
    for (const [title, token] of Object.entries(await badTokens(company, other))) for (const query of queries)
      await attempts(`token_${title}`, query, token, {}, ({ text,
        status }) => seen(text) ?? (status === 401 ? undefined : `answered ${status}`))
  }
  const restricted = await aToken({ company, scope: everything, agents: [own.agent] })
  for (const query of queriesFor(colleague, await cursorsOf(server, ownToken, colleague)))
    await attempts('agents', query, restricted, {}, ({ text }) => seen(text) ?? seenOfColleague(text))
  await triedAsAbsent(door, ownToken, told)
}
