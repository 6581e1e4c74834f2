import { applied, deadLetter, type BadInput, type BaseSubject, type Expected } from './row.ts'
import { chatUpdate, chatUpsert, changed, contactUpdate, contactUpsert, literal, messageUpdate, messageUpsert } from './valid-events.ts'

type Body = BadInput['body']
const on = (subject: BaseSubject) => (id: string, what: string, body: Body, expected: Expected): BadInput =>
  ({ id, what, subject, body, expected })
const message = on('v1.messages.upsert'), chat = on('v1.chats.upsert'), contact = on('v1.contacts.upsert')

const timestamp = (text: string): Body => literal(messageUpsert, 'message_timestamp', text)
const unread = (text: string): Body => literal(chatUpsert, 'unread_count', text)
const badTime = (reason: 'wrong_type' | 'not_an_integer' | 'unsafe_integer' | 'out_of_range'): Expected =>
  deadLetter(reason, '/message_timestamp')
const ZALGO = 'e\u0301-\u00e9-\u{1F600}-\u0645\u0631\u062D\u0628\u0627'

/** Bad inputs 2, numbers: E36 to E46. */
export const NUMBER_ROWS: ReadonlyArray<BadInput> = [
  message('E36', 'string where an integer is expected', timestamp('"1714567890"'), badTime('wrong_type')),
  message('E37a', 'float timestamp', timestamp('1714567890.5'), badTime('not_an_integer')),
  message('E37b', 'exponent, whole', timestamp('1.7e9'), applied()),
  message('E37c', 'fraction of zero', timestamp('1750650042.0'), applied()),
  message('E37d', 'fraction below a double', timestamp('1750650042.00000000000000001'), badTime('not_an_integer')),
  message('E38', 'integer above 2^53', timestamp('9007199254740993'), badTime('unsafe_integer')),
  message('E39', 'integer above 2^53 in message_obj', literal(messageUpsert, 'message_obj', '{"id":9007199254740993}'), applied()),
  message('E40a', '1e400 in a typed field', timestamp('1e400'), badTime('out_of_range')),
  message('E40b', '1e400 in message_obj', literal(messageUpsert, 'message_obj', '{"n":1e400}'), applied()),
  message('E40c', 'a number no numeric holds, in message_obj', literal(messageUpsert, 'message_obj', '{"n":1e200000}'),
    deadLetter('out_of_range')),
  message('E42a', '-0', timestamp('-0'), applied()),
  { ...message('E42b', '1E0', timestamp('1E0'), applied()), unusual: ['time_in_the_past'] },
  message('E42c', 'leading zeros', timestamp('007'), deadLetter('malformed_json')),
  chat('E43', 'unread_count above int32', unread('2147483648'), deadLetter('out_of_range', '/unread_count')),
  chat('E44', 'unread_count below zero', unread('-5'), applied('clamped')),
  { ...on('v1.chats.update')('E45', 'one increment, five times', changed(chatUpdate, { unread_count: 1 }), applied()), times: 5 },
  chat('E46a', 'unread_count null', unread('null'), applied()),
  chat('E46b', 'unread_count absent', changed(chatUpsert, { unread_count: undefined }), applied()),
]

/** Bad inputs 2, the rest: E47 to E61. */
export const TYPE_ROWS: ReadonlyArray<BadInput> = [
  ...['true', 1, 0, ''].map((value, i) =>
    chat(`E47${'abcd'[i]}`, `boolean as ${JSON.stringify(value)}`, changed(chatUpsert, { is_group: value }),
      deadLetter('wrong_type', '/is_group'))),
  message('E48a', 'object where a string is expected', changed(messageUpsert, { message_text: { a: 1 } }),
    deadLetter('wrong_type', '/message_text')),
  message('E48b', 'array where an object is expected', changed(messageUpsert, { message_obj: [] }),
    deadLetter('wrong_type', '/message_obj')),
  message('E48c', 'number where an object is expected', literal(messageUpsert, 'message_obj', '9007199254740993'),
    deadLetter('wrong_type', '/message_obj')),
  message('E48d', 'array where the key is expected', changed(messageUpsert, { key: [] }), deadLetter('wrong_type', '/key')),
  ...['in', 'INOUT', ''].map((flow, i) =>
    message(`E49${'abc'[i]}`, `flow ${JSON.stringify(flow)}`, changed(messageUpsert, { flow }), deadLetter('invalid_enum', '/flow'))),
  { ...message('E50', 'unknown status', changed(messageUpsert, { status: 'teleported' }), applied()), unusual: ['unknown_status'] },
  message('E51', 'unknown message type', changed(messageUpsert, { message_type: 'holographicMessage' }), applied()),
  message('E52a', 'null for a required field', changed(messageUpsert, { chat_id: null }), deadLetter('missing_field', '/chat_id')),
  message('E52b', 'null for optional fields',
    changed(messageUpsert, { status: null, message_obj: null, message_timestamp: null, campaign: null }), applied()),
  message('E53', 'empty string for a required id', changed(messageUpsert, { message_id: '' }), deadLetter('missing_field', '/message_id')),
  message('E55a', 'id of 300 characters', changed(messageUpsert, { message_id: 'i'.repeat(300) }),
    deadLetter('invalid_identifier', '/message_id')),
  message('E55b', 'id of 9,000 characters', changed(messageUpsert, { chat_id: 'i'.repeat(9_000) }),
    deadLetter('invalid_identifier', '/chat_id')),
  message('E56', 'id with emoji, right-to-left text, combining marks', (unique, company) =>
    changed(messageUpsert, { message_id: `${ZALGO}-${unique}` })(unique, company), applied()),
  ...['+62 812-3456', 'nomor-sinta', '6'.repeat(40), ''].map((phone, i) =>
    message(`E57${'abcd'[i]}`, `phone number, example ${i + 1}`, changed(messageUpsert, { from_phone: phone }), applied())),
  ...['77@lid', '120363@g.us', '1@broadcast', 'status@broadcast', '12036@newsletter', '6281:12@s.whatsapp.net'].map((jid, i) =>
    message(`E58${'abcdef'[i]}`, `jid ${jid}`, changed(messageUpsert, { jid }), applied())),
  ...['6281', 'a@b@c', "'; DROP TABLE messages; --"].map((jid, i) =>
    message(`E59${'abc'[i]}`, `jid ${jid}`, changed(messageUpsert, { jid }), applied())),
  message('E60', 'key without id', changed(messageUpsert, { key: { fromMe: true } }), deadLetter('missing_field', '/key/id')),
  message('E61', 'campaign.tags as an array', changed(messageUpsert, { campaign: { is_campaign: true, tags: ['vip'] } }),
    deadLetter('wrong_type', '/campaign/tags')),
  contact('E49d', 'unknown gender', changed(contactUpsert, { gender: 'male' }), deadLetter('invalid_enum', '/gender')),
  on('v1.contacts.update')('E53b', 'contact update without any key', changed(contactUpdate, { phone_number: '' }),
    deadLetter('missing_field', '/phone_number')),
  on('v1.messages.update')('E47e', 'is_deleted as 1', changed(messageUpdate, { is_deleted: 1 }), deadLetter('wrong_type', '/is_deleted')),
]
