import { expect } from 'chai'
import { breaks } from '../../../ops/contracts/breaks.ts'
import { committedFiles } from '../../../ops/contracts/committed-files.ts'
import { contractFiles, FROZEN } from '../../../ops/contracts/files.ts'

type Json = Record<string, unknown>

/** What is found there. */
const at = (value: unknown, ...path: ReadonlyArray<string | number>): Json =>
  path.reduce<unknown>((inner, key) => (inner as Json)[key], value) as Json
const listAt = (value: unknown, ...path: ReadonlyArray<string | number>): unknown[] => at(value, ...path) as unknown as unknown[]

/** What breaks when one file is changed so. */
const after = (path: string, change: (file: Json) => void): ReadonlyArray<string> => {
  const frozen = committedFiles(FROZEN)
  const file = JSON.parse(frozen.get(path) ?? '') as Json
  change(file)
  return breaks(frozen, new Map([...frozen, [path, JSON.stringify(file)]]))
}

/** A field of a payload; the fields of a dead letter; the registers of a chat. */
const field = (file: Json, name: string): Json => at(file, 'properties', name)
const letter = (file: Json): Json => at(file, 'allOf', 0, 'allOf', 0)
const registers = (file: Json): Json => at(file, 'definitions', 'ChatRevised', 'properties', 'fields', 'items', 'items', 1, 'properties')
const drop = (place: Json, name: string): void => { Reflect.deleteProperty(place, name) }
const addSubject = (file: Json, subject: string): void => {
  at(file, 'channels')[subject] = { address: `${subject}.{company_id}` }
  at(file, 'operations')[subject] = { action: 'receive' }
}

const MESSAGE = 'inbound/v1/message-upserted.json'
const CHAT = 'inbound/v1/chat-updated.json'
const LETTER = 'outbound/v1/dead-letter.json'
const FACTS = 'facts/v1/chat.json'

type Change = readonly [what: string, path: string, change: (file: Json) => void]

const FREE: ReadonlyArray<Change> = [
  ['an optional field more', MESSAGE, (file) => { at(file, 'properties')['reaction'] = { type: ['string', 'null'] } }],
  ['a word more', MESSAGE, (file) => { field(file, 'flow')['enum'] = ['IN', 'OUT', 'SYSTEM'] }],
  ['a longer identifier', MESSAGE, (file) => { field(file, 'jid')['maxLength'] = 512 }],
  ['a field that is required no more', MESSAGE, (file) => { file['required'] = ['message_id'] }],
  ['a type more', CHAT, (file) => { field(file, 'unread_count')['type'] = ['integer', 'null', 'string'] }],
  ['another text', CHAT, (file) => { file['description'] = 'x' }],
  ['an alternative more', CHAT, (file) => { listAt(file, 'allOf', 0, 'anyOf').push({ required: ['uuid'] }) }],
  ['a rule less', 'inbound/v1/chat-upserted.json', (file) => { drop(file, 'allOf') }],
  ['a field more in a dead letter', LETTER, (file) => { at(letter(file), 'properties')['hint'] = { type: 'string' } }],
  ['a register more', FACTS, (file) => { registers(file)['colour'] = { type: 'string' } }],
  ['a subject more in the next version', 'asyncapi.json', (file) => { addSubject(file, 'v2.messages.react') }],
  ['a type of fact more', FACTS, (file) => { at(file, 'definitions')['ChatPinned'] = { type: 'object' } }],
]

const BREAKING: ReadonlyArray<readonly [...Change, says: RegExp]> = [
  ['a field removed', MESSAGE, (file) => { drop(at(file, 'properties'), 'message_url') }, /message_url is gone/],
  ['a nested field removed', MESSAGE, (file) => { drop(at(field(file, 'campaign'), 'properties'), 'origin') }, /campaign\/origin is gone/],
  ['a field required', MESSAGE, (file) => { listAt(file, 'required').push('status') }, /status is required now/],
  ['a word removed', MESSAGE, (file) => { field(file, 'flow')['enum'] = ['IN'] }, /flow takes \["IN"\] only/],
  ['free text made words', MESSAGE, (file) => { field(file, 'status')['enum'] = ['sent', null] }, /status takes/],
  ['a shorter identifier', MESSAGE, (file) => { field(file, 'jid')['maxLength'] = 100 }, /maxLength 100; it had 255/],
  ['a limit where none was', MESSAGE, (file) => { field(file, 'message_text')['maxLength'] = 9 }, /it had none/],
  ['a higher least', CHAT, (file) => { field(file, 'unread_count')['minimum'] = 0 }, /minimum 0/],
  ['null refused', CHAT, (file) => { field(file, 'unread_count')['type'] = 'integer' }, /it took integer, null/],
  ['a range of times lost', CHAT, (file) => { listAt(field(file, 'conversation_timestamp'), 'anyOf').pop() }, /lost an alternative/],
  ['another pattern', CHAT, (file) => { field(file, 'chat_id')['pattern'] = '^[a-z]*$' }, /another pattern/],
  ['unknown fields refused', CHAT, (file) => { file['additionalProperties'] = false }, /refuses unknown fields/],
  ['an alias lost', CHAT, (file) => { listAt(file, 'allOf', 0, 'anyOf').pop() }, /lost an alternative/],
  ['a rule more', MESSAGE, (file) => { listAt(file, 'allOf').push({ required: ['status'] }) }, /status is required now/],
  ['a rule more, with alternatives', 'inbound/v1/connection-updated.json',
    (file) => { file['allOf'] = [{ anyOf: [{ required: ['status'] }, { required: ['version'] }] }] }, /takes some of what it took/],
  ['a keyword that nobody can judge', MESSAGE, (file) => { field(file, 'jid')['format'] = 'email' }, /another format/],
  ['other items of a history', 'inbound/v1/history-chats.json',
    (file) => { field(file, 'chats')['items'] = { $ref: 'chat-updated.json' } }, /another \$ref/],
  ['a dead letter that says less', LETTER, (file) => { listAt(letter(file), 'required').pop() }, /source_sequence is required/],
  ['a dead letter of another kind', LETTER, (file) => { listAt(file, 'allOf', 1, 'anyOf').push({ required: ['original_payload_url'] }) },
    /lost an alternative/],
  ['a register lost', FACTS, (file) => { drop(registers(file), 'jid') }, /jid is gone/],
  ['a register of another type', FACTS, (file) => { registers(file)['isGroup'] = { type: 'string' } }, /isGroup takes string/],
  ['a type of fact lost', FACTS, (file) => { drop(at(file, 'definitions'), 'ChatUnreadRaised') }, /ChatUnreadRaised is gone/],
  ['a fact with more to say', FACTS, (file) => { listAt(file, 'definitions', 'ChatUnreadRaised', 'required').push('by') }, /by is required/],
  ['a setting lost', 'settings.json', (file) => { listAt(file).pop() }, /DAISI_ALLOW_PLAINTEXT is no setting/],
  ['a subject lost', 'asyncapi.json', (file) => { drop(at(file, 'channels'), 'v1ChatsUpdate') }, /no longer: receive v1\.chats\.update/],
  ['a subject more in a version that releases read already', 'asyncapi.json', (file) => { addSubject(file, 'v1.messages.react') },
    /v1\.messages\.react\.\{company_id\} is new in v1/],
]

describe('the frozen contracts', () => {
  it('are still kept', () => {
    expect(breaks(committedFiles(FROZEN), contractFiles())).to.deep.equal([])
  })
  it('are all there is, so that nothing published is without a promise', () => {
    for (const path of contractFiles().keys()) expect([...committedFiles(FROZEN).keys()]).to.include(path)
  })

  for (const [what, path, change] of FREE) it(`allow ${what}`, () => { expect(after(path, change)).to.deep.equal([]) })
  for (const [what, path, change, says] of BREAKING) it(`do not allow ${what}`, () => { expect(after(path, change).join('\n')).to.match(says) })

  it('do not allow a file to go', () => {
    const rest = new Map([...committedFiles(FROZEN)].filter(([path]) => path !== CHAT))
    expect(breaks(committedFiles(FROZEN), rest)).to.deep.equal([`${CHAT} is gone`])
  })
  it('do not allow a GraphQL field to go or an argument to become required, and allow new ones', () => {
    const frozen = committedFiles(FROZEN)
    const so = (from: string | RegExp, to: string) => breaks(frozen, new Map([...frozen,
      ['schema.graphql', (frozen.get('schema.graphql') ?? '').replace(from, to)]]))
    expect(so('  hostName: String\n', '')).to.match(/Agent\.hostName was removed/)
    expect(so('message(messageId: ID!)', 'message(messageId: ID!, chatId: ID!)').join()).to.match(/required arg chatId/i)
    expect(so('  hostName: String\n', '  hostName: String\n  battery: Int\n')).to.deep.equal([])
  })
})
