import { createHash } from 'node:crypto'
import { aToken } from '../../../support/a-token.ts'
import { ask, COMPANY, repeated, send, type Row } from './row.ts'

const INVALID = { status: 400, codes: ['GRAPHQL_VALIDATION_FAILED'] }
const BAD_INPUT = { status: 400, codes: ['BAD_USER_INPUT'] }
const BAD_CURSOR = { status: [200, 400], codes: ['BAD_CURSOR'] }
const UNPARSED = { status: 400, codes: ['GRAPHQL_PARSE_FAILED'] }

const operator: Row['send'] = async (server) =>
  ask('{ __schema { queryType { name } } }', {}, {}, { headers: { authorization: `Bearer ${await aToken({ scope: 'operator' })}` } })(server)

const probing: ReadonlyArray<Row> = [
  { id: 'Q1', title: '__schema in production', send: ask('{ __schema { types { name } } }'), ...INVALID, hides: /ChatConnection/ },
  { id: 'Q1', title: '__type in production', send: ask('{ __type(name: "Chat") { name } }'), ...INVALID },
  { id: 'Q1', title: '__schema for an operator', send: operator, status: 200, codes: [], says: /"Query"/ },
  { id: 'Q1', title: '__schema for others, after an operator asked the same', status: 400, codes: ['GRAPHQL_VALIDATION_FAILED'],
    send: async (server) => {
      await operator(server)
      return ask('{ __schema { queryType { name } } }')(server)
    } },
  { id: 'Q2', title: 'a misspelt field', send: ask('{ chta }'), ...INVALID, hides: /Did you mean|"chats?"/ },
  { id: 'Q2', title: 'a misspelt argument, type and enum', ...INVALID, hides: /Did you mean|"MessageFlow" enum\./,
    send: ask('{ chat(chatID: "c") { jid } chats { edges { node { messages(filter: { flow: In }) { edges { cursor } } } } } }') },
  { id: 'Q3', title: 'a browser that wants GraphiQL', status: 406, hides: /<html/i,
    send: (server) => send(server, { method: 'GET',
      headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', authorization: '' } }) },
]

const nested = (levels: number): string => `{ chat(chatId: "c") { ${'lastMessage { chat { '.repeat(levels)} jid ${'} }'.repeat(levels)} } }`

const CYCLE = '{ chat(chatId: "c") { ...f } } fragment f on Chat { lastMessage { chat { ...f } } }'

const viaFragments = `{ chat(chatId: "c") { ...f0 } } ${repeated(7, (i) =>
  `fragment f${i} on Chat { lastMessage { chat { ${i === 6 ? 'jid' : `...f${i + 1}`} } } }`)}`

const shapes: ReadonlyArray<Row> = [
  { id: 'Q4', title: '14 levels', send: ask(nested(6)), ...BAD_INPUT },
  { id: 'Q4', title: 'more levels by way of fragments', send: ask(viaFragments), ...BAD_INPUT },
  { id: 'Q5', title: 'a fragment that holds itself', send: ask(CYCLE), ...INVALID },
  { id: 'Q5', title: '10,000 unused fragments', send: ask(`${COMPANY} ${repeated(10_000, (i) => `fragment f${i} on Chat { jid }`)}`),
    status: [400, 413] },
  { id: 'Q5', title: '400 unused fragments',
    send: ask(`${COMPANY} ${repeated(400, (i) => `fragment f${i} on Chat { jid }`)}`), ...UNPARSED },
  { id: 'Q6', title: '2,000 aliases of a list', send: ask(`{ ${repeated(2_000, (i) => `a${i}: chats { totalCount }`)} }`), status: 400 },
  { id: 'Q6', title: '31 aliases of a list', send: ask(`{ ${repeated(31, (i) => `a${i}: chats { totalCount }`)} }`), ...BAD_INPUT },
  { id: 'Q7', title: '20,000 repeated fields', send: ask(`{ ${'__typename '.repeat(20_000)} }`), ...UNPARSED },
  { id: 'Q7', title: 'fields that overlap quadratically', ...UNPARSED,
    send: ask(`{ ${repeated(500, () => 'chats { totalCount edges { cursor } }')} }`) },
  { id: 'Q8', title: '5,000 directives', send: ask(`{ __typename ${'@a '.repeat(5_000)} }`), ...UNPARSED },
  ...['@unknown', '@defer', '@stream(initialCount: 1)'].map((directive) =>
    ({ id: 'Q8', title: directive, send: ask(`{ agents ${directive} { id } }`), ...INVALID })),
  { id: 'Q9', title: 'a thousand queries in an array', status: 400, codes: ['BAD_USER_INPUT'],
    send: (server) => send(server, { body: JSON.stringify(Array.from({ length: 1_000 }, () => ({ query: COMPANY }))) }) },
  { id: 'Q9', title: 'an empty array', status: 400, send: (server) => send(server, { body: '[]' }) },
  { id: 'Q11', title: 'pages in pages', ...{ status: 400, codes: ['TOO_EXPENSIVE'] },
    send: ask('{ chats(first: 100) { edges { node { messages(first: 100) { edges { node { id } } } } } } }') },
  { id: 'Q11', title: 'pages in pages, their sizes in variables', status: 400, codes: ['TOO_EXPENSIVE'],
    send: ask(`query Q($n: Int = 100) { chats(first: $n) { edges { node { messages(last: $n) { edges { node {
      chat { messages(first: $n) { edges { cursor } } } } } } } } } }`) },
]

const PAGE = 'query Q($first: Int, $last: Int) { chats(first: $first, last: $last) { edges { cursor } } }'

const pages: ReadonlyArray<Row> = [
  ...[{ first: 0 }, { first: -1 }, { first: 101 }, { last: 101 }, { first: 1e9 }, { first: 10, last: 10 }].map((variables) =>
    ({ id: 'Q10', title: JSON.stringify(variables), send: ask(PAGE, variables), ...BAD_INPUT, says: /1 to 100|not both/ })),
  ...[{ first: 2_147_483_648 }, { first: 1.5 }, { first: '5' }, { first: true }].map((variables) =>
    ({ id: 'Q10', title: JSON.stringify(variables), send: ask(PAGE, variables), ...BAD_INPUT })),
  { id: 'Q10', title: '0 as a literal, in a nested page', ...BAD_INPUT,
    send: ask('{ chats { edges { node { messages(first: 0) { edges { cursor } } } } } }') },
  { id: 'Q10', title: 'null and neither mean 20', send: ask(PAGE, { first: null }), status: 200, codes: [], reads: true },
  ...['bm90IGEgY3Vyc29y', '', 'ä', '%', '='.repeat(40), 'x'.repeat(5_000)].map((after) => ({
    id: 'Q12', title: `the cursor ${after.slice(0, 20)}`, ...BAD_CURSOR,
    send: ask('query Q($after: String) { chats(after: $after) { edges { cursor } } }', { after }) })),
  { id: 'Q12', title: 'a cursor of 1 MB', status: 413,
    send: ask('query Q($after: String) { chats(after: $after) { edges { cursor } } }', { after: 'x'.repeat(1_048_576) }) },
]

const FILTER = 'query Q($filter: ChatFilter) { chats(filter: $filter) { edges { node { chatId } } } }'

const arguments_: ReadonlyArray<Row> = [
  ...['%', '_', '.*', '(a+)+$', '%'.repeat(5_000)].map((assignedTo) => ({
    id: 'Q19', title: `the pattern ${assignedTo.slice(0, 9)} is plain text`,
      send: ask(FILTER, { filter: { assignedTo } }), status: 200, codes: [],
    says: /"edges":\[\]/, reads: true })),
  { id: 'Q20', title: 'a filter by a column that is none', send: ask(FILTER, { filter: { company_id: 'other' } }), ...BAD_INPUT },
  { id: 'Q20', title: 'an order', send: ask('{ chats(orderBy: "jid; drop table") { totalCount } }'), ...INVALID },
  { id: 'Q20', title: 'SQL in a value', send: ask(FILTER, { filter: { agentId: '\'; drop table read.chat_overview; --' } }), status: 200,
    codes: [], says: /"edges":\[\]/, reads: true },
  { id: 'Q20', title: 'SQL for an enum', ...BAD_INPUT, hides: /drop/,
    send: ask('query Q($f: ContactFilter) { contacts(filter: $f) { edges { cursor } } }', { f: { status: '"; drop' } }) },
  { id: 'Q22', title: 'half a surrogate pair in a variable', send: ask(FILTER, { filter: { assignedTo: '\uD800' } }), ...BAD_INPUT },
  { id: 'Q22', title: 'half a surrogate pair in an id',
    send: ask('query Q($id: ID!) { chat(chatId: $id) { jid } }', { id: 'a\uDC00' }), ...BAD_INPUT },
  ...[{ filter: [] }, { filter: 'x' }, { filter: { unread: 'yes' } }, { filter: { agentId: {} } }].map((variables) =>
    ({ id: 'Q23', title: `the variables ${JSON.stringify(variables)}`, send: ask(FILTER, variables), ...BAD_INPUT })),
  { id: 'Q23', title: 'variables that are a list',
    send: (server) => send(server, { body: `{"query":"${COMPANY}","variables":[1]}` }), status: 400 },
  { id: 'Q23', title: 'a variable that nobody declared', send: ask('{ chat(chatId: $id) { jid } }'), ...INVALID },
  { id: 'Q23', title: 'a literal that is no enum value', ...INVALID, hides: /Did you mean/,
    send: ask('{ contacts(filter: { status: ACTIV }) { totalCount } }') },
]

const TWO = 'query A { __typename } query B { __typename }'
const getPath = (query: string): string => `/graphql?query=${encodeURIComponent(query)}`
const hash = (query: string): string => createHash('sha256').update(query).digest('hex')

const operations: ReadonlyArray<Row> = [
  { id: 'Q25', title: 'a literal nested 20,000 deep', send: ask(`{ nodes(ids: ${'['.repeat(20_000)}`), ...BAD_INPUT },
  { id: 'Q25', title: 'selections nested 20,000 deep', send: ask('{a'.repeat(20_000)), ...BAD_INPUT },
  { id: 'Q25', title: 'variables nested 20,000 deep', status: [200, 400], hides: /INTERNAL/, send: (server) => send(server, {
    body: `{"query":"query Q($f: ChatFilter) { chats(filter: $f) { totalCount } }","variables":{"f":${'['.repeat(20_000)}${']'.repeat(20_000)}}}` }) },
  { id: 'Q26', title: 'two operations without a name', send: ask(TWO), status: 400, codes: ['OPERATION_RESOLUTION_FAILURE'] },
  { id: 'Q26', title: 'an operation name that is none', send: ask(TWO, {}, { operationName: 'C' }), status: 400,
    codes: ['OPERATION_RESOLUTION_FAILURE'] },
  { id: 'Q27', title: 'a mutation over GET', status: 405, header: ['allow', /POST/],
    send: (server) => send(server, { method: 'GET', path: getPath('mutation { x }') }) },
  { id: 'Q27', title: 'a subscription over GET', status: [400, 405],
    send: (server) => send(server, { method: 'GET', path: getPath('subscription { x }') }) },
  { id: 'Q37', title: 'the hash of an operation that is not persisted', status: 400, codes: ['PERSISTED_OPERATION_NOT_FOUND'],
    send: (server) => send(server, { body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: hash('x') } } }) }) },
  { id: 'Q37', title: 'the hash of another text', status: 400, codes: ['PERSISTED_OPERATION_NOT_FOUND'],
    send: ask(COMPANY, {}, { extensions: { persistedQuery: { version: 1, sha256Hash: hash('{ __typename }') } } }) },
  { id: 'Q37', title: 'neither hash nor text', send: (server) => send(server, { body: '{}' }), status: 400 },
]

export const queryRows: ReadonlyArray<Row> = [...probing, ...shapes, ...pages, ...arguments_, ...operations]
