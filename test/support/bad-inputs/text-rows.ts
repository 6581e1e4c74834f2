import { applied, deadLetter, type BadInput, type BaseSubject, type Expected } from './row.ts'
import { chatUpsert, changed, contactUpsert, literal, messageUpsert, withMember } from './valid-events.ts'

type Body = BadInput['body']
const row = (id: string, what: string, body: Body, expected: Expected, subject: BaseSubject = 'v1.messages.upsert'): BadInput =>
  ({ id, what, subject, body, expected })

const NUL = '\\u0000'
const invalidId = (field: string): Expected => deadLetter('invalid_identifier', `/${field}`)

/** Bad inputs 1, E21 to E33: strings and keys that storage cannot take as they are, or that only look dangerous. */
export const TEXT_ROWS: ReadonlyArray<BadInput> = [
  row('E21a', 'NUL in the text', literal(messageUpsert, 'message_text', `"a${NUL}b"`), applied('nul_replaced')),
  row('E21b', 'NUL in a value of message_obj', literal(messageUpsert, 'message_obj', `{"conversation":"a${NUL}b"}`),
    applied('nul_replaced')),
  row('E21c', 'NUL in a key of message_obj', literal(messageUpsert, 'message_obj', `{"a${NUL}b":1}`), applied('nul_replaced')),
  row('E21d', 'NUL in a chat name', literal(chatUpsert, 'push_name', `"Sin${NUL}ta"`), applied('nul_replaced'), 'v1.chats.upsert'),
  row('E21e', 'NUL in campaign tags', literal(messageUpsert, 'campaign', `{"is_campaign":true,"tags":"a${NUL}b"}`),
    applied('nul_replaced')),
  ...['message_id', 'chat_id', 'agent_id', 'company_id'].map((field, i) =>
    row(`E23${'abcd'[i]}`, `NUL in ${field}`, literal(messageUpsert, field, `"x${NUL}y"`), invalidId(field))),
  row('E24a', 'an escaped backslash before u0000 in the text', changed(messageUpsert, { message_text: 'a\\u0000b' }), applied()),
  row('E24b', 'an escaped backslash before u0000 in message_obj', changed(messageUpsert, { message_obj: { t: 'a\\u0000b' } }), applied()),
  row('E24c', 'escaped backslash and NUL side by side', literal(messageUpsert, 'message_obj', `{"t":"a\\\\u0000b${NUL}"}`),
    applied('nul_replaced')),
  row('E25a', 'lone high surrogate in the text', literal(messageUpsert, 'message_text', '"a\\ud83d"'), applied('lone_surrogate')),
  row('E25b', 'lone low surrogate in message_obj', literal(messageUpsert, 'message_obj', '{"t":"\\ude00"}'), applied('lone_surrogate')),
  row('E25c', 'lone surrogate in a key of message_obj', literal(messageUpsert, 'message_obj', '{"\\uD83D":1}'), applied('lone_surrogate')),
  row('E25d', 'a whole pair written as escapes', literal(messageUpsert, 'message_text', '"\\ud83d\\ude00"'), applied()),
  row('E25e', 'a low surrogate behind an escaped backslash', literal(messageUpsert, 'message_text', '"\\\\ud83d\\ude00"'),
    applied('lone_surrogate')),
  row('E26', 'pair in the wrong order', literal(messageUpsert, 'message_text', '"\\ude00\\ud83d"'), applied('lone_surrogate')),
  row('E27a', 'lone surrogate in message_id', literal(messageUpsert, 'message_id', '"x\\ud83d"'), invalidId('message_id')),
  row('E27b', 'lone surrogate in phone_number', literal(contactUpsert, 'phone_number', '"x\\ud83d"'), invalidId('phone_number'),
    'v1.contacts.upsert'),
  row('E28', 'duplicate key, same value', withMember(messageUpsert, '"status":"delivered"'), applied('duplicate_key')),
  row('E30a', 'duplicate key, other value', withMember(messageUpsert, '"status":"read"'), applied('duplicate_key')),
  row('E30b', 'duplicate key inside message_obj', literal(messageUpsert, 'message_obj', '{"a":{"b":1,"b":2}}'), applied('duplicate_key')),
  row('E31a', '__proto__ at the top', withMember(messageUpsert, '"__proto__":{"polluted":true}'), applied('dangerous_key')),
  row('E31b', '__proto__ deep inside', literal(messageUpsert, 'message_obj', '{"a":[{"__proto__":{"x":1},"b":2}]}'),
    applied('dangerous_key')),
  row('E31c', '__proto__ written with an escape', literal(messageUpsert, 'message_obj', '{"\\u005f_proto__":{"x":1},"b":2}'),
    applied('dangerous_key')),
  ...['constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'toJSON'].map((key, i) =>
    row(`E32${'abcdef'[i]}`, `key ${key}`, changed(messageUpsert, { [key]: { a: 1 }, message_obj: { [key]: 'x' } }), applied())),
  row('E33', 'then at the top', changed(messageUpsert, { then: 'x' }), applied()),
]
