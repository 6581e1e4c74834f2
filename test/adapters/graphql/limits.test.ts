import { expect } from 'chai'
import { openApi } from './ask-api.ts'

const repeated = (count: number, part: (i: number) => string): string => Array.from({ length: count }, (_, i) => part(i)).join(' ')

const nested = (levels: number): string => `{ chat(chatId: "c") { ${'lastMessage { chat { '.repeat(levels)} jid ${'} }'.repeat(levels)} } }`

const DOUBLING = `{ chats { totalCount ...f0 } } ${repeated(25, (i) => `fragment f${i} on ChatConnection { ...f${i + 1} ...f${i + 1} }`)}
  fragment f25 on ChatConnection { totalCount }`

const refused: Readonly<Record<string, readonly [query: string, code: string]>> = {
  'a query 13 levels deep': [nested(6), 'BAD_USER_INPUT'],
  'a fragment that holds itself': [
    '{ chat(chatId: "c") { ...f } } fragment f on Chat { lastMessage { chat { ...f } } }', 'GRAPHQL_VALIDATION_FAILED'],
  '31 aliases': [`{ ${repeated(31, (i) => `a${i}: agents { id }`)} }`, 'BAD_USER_INPUT'],
  'more than 2,000 tokens': [`{ ${'__typename '.repeat(2_100)} }`, 'GRAPHQL_PARSE_FAILED'],
  'a literal nested 20,000 deep': [`{ nodes(ids: ${'['.repeat(20_000)}`, 'BAD_USER_INPUT'],
  'pages in pages in pages': [
    '{ chats(first: 100) { edges { node { messages(first: 100) { edges { node { id } } } } } } }', 'TOO_EXPENSIVE'],
  'an unknown directive': ['{ chats @defer { totalCount } }', 'GRAPHQL_VALIDATION_FAILED'],
  'an unknown field': ['{ chta }', 'GRAPHQL_VALIDATION_FAILED'],
  'half a surrogate pair': ['{ chat(chatId: "\\uD800") { jid } }', 'GRAPHQL_PARSE_FAILED'],
  'a NUL': ['{ chat(chatId: "a\\u0000") { jid } }', 'BAD_USER_INPUT'],
  'an unknown mutation': ['mutation { x }', 'GRAPHQL_VALIDATION_FAILED'],
  'two operations without a name': ['query A { __typename } query B { __typename }', 'OPERATION_RESOLUTION_FAILURE'],
}

describe('limits', () => {
  for (const [title, [query, code]] of Object.entries(refused)) {
    it(`refuse ${title}`, async () => {
      const api = openApi()
      const { codes, data } = await api.ask(query)
      expect([new Set(codes), data ?? null]).to.deep.equal([new Set([code]), null])
      expect(api.bugs).to.deep.equal([])
    })
  }
  it('let through what stays below them', async () => {
    const api = openApi()
    expect((await api.ask(nested(5))).codes).to.deep.equal([])
    expect((await api.ask(`{ ${repeated(30, (i) => `a${i}: agents { id }`)} }`)).codes).to.deep.equal([])
    const pages = '{ chats(first: 49) { edges { node { messages(first: 100) { edges { node { id } } } } } } }'
    expect((await api.ask(pages)).codes).to.deep.equal([])
  })
  it('count pages given as variables, and those in fragments', async () => {
    const query = `query Q($n: Int) { chats(first: $n) { ...edges } }
      fragment edges on ChatConnection { edges { node { messages(first: $n) { edges { node { id } } } } } }`
    expect((await openApi().ask(query, { n: 100 })).codes).to.deep.equal(['TOO_EXPENSIVE'])
    expect((await openApi().ask(query, { n: 10 })).codes).to.deep.equal([])
  })
  it('take no time for fragments that double at every level', async () => {
    const began = performance.now()
    await openApi().ask(DOUBLING)
    expect(performance.now() - began).to.be.below(2_000)
  })
  it('look at text inside variables', async () => {
    const query = 'query Q($f: ChatFilter) { chats(filter: $f) { totalCount } }'
    for (const assignedTo of ['a\0', '\uD800']) {
      expect((await openApi().ask(query, { f: { assignedTo } })).codes).to.deep.equal(['BAD_USER_INPUT'])
    }
  })
  it('answer variables that do not fit with the standard\'s words', async () => {
    const query = 'query Q($n: Int, $id: ID!) { chats(first: $n) { totalCount } chat(chatId: $id) { jid } }'
    for (const variables of [{ n: 1.5, id: 'x' }, { n: 2_147_483_648, id: 'x' }, { n: 1 }, { n: 1, id: {} }]) {
      expect((await openApi().ask(query, variables)).codes).to.deep.equal(['BAD_USER_INPUT'])
    }
  })
  it('refuse several queries in one request', async () => {
    const api = openApi({ authentication: { mode: 'header' } })
    const body = JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }])
    const { status } = await api.send({ method: 'POST', body, headers: { 'content-type': 'application/json', 'x-company-id': 'acme' } })
    expect(status).to.equal(400)
  })
})

describe('production', () => {
  it('shows neither the schema nor names that were not asked for', async () => {
    const api = openApi({ production: true })
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Chat") { name } }']) {
      expect((await api.ask(query)).codes).to.include('GRAPHQL_VALIDATION_FAILED')
    }
    expect((await api.ask('{ chta }')).messages).to.deep.equal(['Cannot query field "chta" on type "Query".'])
    expect((await openApi().ask('{ __schema { queryType { name } } }')).codes).to.deep.equal([])
  })
  it('has no GraphiQL', async () => {
    const page = { headers: { accept: 'text/html' } }
    expect((await openApi({ production: true }).send(page)).text).not.to.include('<html')
    expect((await openApi().send(page)).text).to.include('<html')
  })
})
