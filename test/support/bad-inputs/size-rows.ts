import { deadLetter, encode, type BadInput, type BaseSubject, type Expected } from './row.ts'
import { changed, fixed, messageUpsert } from './valid-events.ts'

type Body = BadInput['body']
type Wire = Readonly<Record<string, unknown>>
type Build = (unique: string, company: string, change?: Wire) => Wire

const MIB = 1024 * 1024
const APPLIED: Expected = { outcome: 'applied', repairs: [] }
const on = (subject: BaseSubject) => (id: string, what: string, body: Body, expected: Expected): BadInput =>
  ({ id, what, subject, body, expected })
const message = on('v1.messages.upsert'), history = on('v1.history.messages')

/** A history of `count` items, each with ids of its own; `change` varies item i. */
export const historyOf = (build: Build, key: string, count: number, change: (index: number) => Wire = () => ({})): Body =>
  (unique, company = 'ACME01') => encode(JSON.stringify({
    agent_id: 'agent-jkt-3', [key]: Array.from({ length: count }, (_, i) => build(`${unique}-${i}`, company, change(i))),
  }))

/** As small as a message can be, so that 10,000 stay below the broker's 1 MiB; item i is of chat i modulo `chats`. */
const tiny = (chats: number): Build => (unique, _company, change = {}) => {
  const [run = '', index = '0'] = unique.split(/-(?=\d+$)/)
  return { message_id: `${run}-${index}`, chat_id: `c${Number(index) % chats}-${run}`, jid: 'g@s', flow: 'IN', ...change }
}

const tinyChat: Build = (unique) => ({ chat_id: unique, jid: 'g@g.us', is_group: true })

/** Whole messages in an order, by their number. */
const numbered = (numbers: ReadonlyArray<number>): Body => (unique, company = 'ACME01') =>
  encode(JSON.stringify({ messages: numbers.map((n) => messageUpsert(`${unique}-${n}`, company)) }))

const bad = (...items: number[]) => (i: number): Wire => (items.includes(i) ? { flow: 'in' } : {})
const partial = (badItems: ReadonlyArray<number>): Expected => ({ outcome: 'partial', reason: 'invalid_enum', badItems })
const upTo = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, i) => i)

/** A valid message, padded with white space to an exact number of bytes; without its id if `broken`. */
const padded = (bytes: number, broken: boolean): Body => (unique, company) => {
  const body = Buffer.from(changed(messageUpsert, broken ? { message_id: undefined } : {})(unique, company)).toString()
  return encode(body.padEnd(bytes, ' '))
}

const emptyList = (id: string, list: 'messages' | 'chats' | 'contacts'): BadInput => ({
  ...on(`v1.history.${list}`)(id, `empty list of ${list}`, fixed(`{"${list}":[]}`), { outcome: 'noop' }), unusual: ['empty_history'],
})

/** Bad inputs 5, E93 to E105. E101a and E101b, and E103a and E103b, belong together: give both the same `unique`. */
export const SIZE_ROWS: ReadonlyArray<BadInput> = [
  message('E93', '1 MiB and one byte', padded(MIB + 1, false), { outcome: 'refused_by_broker' }),
  message('E94', 'invalid, exactly 1 MiB', padded(MIB, true), deadLetter('missing_field', '/message_id')),
  emptyList('E95a', 'messages'),
  emptyList('E95b', 'chats'),
  emptyList('E95c', 'contacts'),
  history('E95d', 'no list', fixed('{}'), deadLetter('missing_field', '/messages')),
  history('E95e', 'misspelt list', historyOf(messageUpsert, 'message', 2), deadLetter('missing_field', '/messages')),
  history('E95f', 'list is null', fixed('{"messages":null}'), deadLetter('missing_field', '/messages')),
  history('E95g', 'list is an object', fixed('{"messages":{}}'), deadLetter('wrong_type', '/messages')),
  history('E97', '10,000 items, all good', historyOf(tiny(50), 'messages', 10_000), APPLIED),
  history('E97b', '10,001 items', historyOf(tiny(50), 'messages', 10_001), deadLetter('too_many_members')),
  history('E98', '10,000 items, three bad', historyOf(tiny(50), 'messages', 10_000, bad(0, 5_000, 9_999)), partial([0, 5_000, 9_999])),
  history('E99', '10,000 items, all bad', historyOf(tiny(50), 'messages', 10_000, () => ({ flow: 'in' })), partial(upTo(10_000))),
  history('E99b', 'items that are no objects', fixed('{"messages":[1,null,"x",[]]}'),
    { outcome: 'partial', reason: 'not_an_object', badItems: [0, 1, 2, 3] }),
  history('E100', 'the same message twice in one batch', numbered([1, 2, 1]), APPLIED),
  { ...history('E101a', 'the same batch twice', numbered([1, 2, 3]), APPLIED), times: 2 },
  history('E101b', 'a batch that overlaps it', numbered([2, 3, 4]), APPLIED),
  history('E102', 'items of 100 chats, interleaved', historyOf(tiny(100), 'messages', 1_000), APPLIED),
  history('E103a', 'keys in one order', numbered(upTo(200)), APPLIED),
  history('E103b', 'the same keys in the opposite order', numbered(upTo(200).toReversed()), APPLIED),
  on('v1.history.chats')('E105', '10,000 chats: more values than one statement can bind', historyOf(tinyChat, 'chats', 10_000), APPLIED),
]
