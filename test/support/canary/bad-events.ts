import { plantedEvents, type Planted } from './events.ts'
import { jid, phone, word } from './planted.ts'

/** What a publisher may do to a valid event; the text of the result. */
type Spoil = (body: Planted['body'], text: string) => string

const withAll = (change: (key: string, value: unknown) => unknown): Spoil => (body) =>
  JSON.stringify(Object.fromEntries(Object.entries(body).map(([key, value]) => [key, change(key, value)])))

const with_ = (more: Planted['body']): Spoil => (body) => JSON.stringify({ ...body, ...more })

const deep = `${`{"${word('deep-key')}":`.repeat(80)}1${'}'.repeat(80)}`

const SPOILS: Readonly<Record<string, Spoil>> = {
  'objects instead of values': withAll((key, value) => ({ [word(key)]: value })),
  'values instead of objects': withAll((key) => word(key)),
  'another company': with_({ company_id: word('company') }),
  'words that are not known': with_({ flow: word('flow'), gender: word('gender'), type: word('type') }),
  'keys that are not known': with_({ [word('unknown')]: word('unknown'), [jid()]: phone() }),
  'a cut body': (_, text) => text.slice(0, text.lastIndexOf('"') - 3),
  'two bodies': (_, text) => `${text}${text}`,
  'no object': (_, text) => `[${text}]`,
  'a text': (_, text) => JSON.stringify(text),
  'half a surrogate pair': (_, text) => text.replaceAll('Kanarienvogel', 'Kanarienvogel\\ud800'),
  'a NUL': (_, text) => text.replaceAll('Kanarienvogel', 'Kanarienvogel\\u0000'),
  'depth': (body) => `${JSON.stringify(body).slice(0, -1)},"${word('x')}":${deep}}`,
  'a long key': (body) => `${JSON.stringify(body).slice(0, -1)},"${word('k').repeat(100)}":1}`,
  'a key twice': (body, text) => `${text.slice(0, -1)},${JSON.stringify(body).slice(1)}`,
  'numbers out of range': with_({ message_timestamp: 9e20, conversation_timestamp: 9e20, unread_count: Number(phone()) * 1e6, dob: 9e20 }),
  'items that are none': with_({ chats: [word('item'), { [word('item-key')]: word('item') }], messages: [[phone()], { jid: jid() }],
    contacts: [null, { notes: { [word('item')]: 1 } }] }),
}

export interface BadEvent { readonly subject: string; readonly text: string }

/** Every event type, spoilt in every way. */
export const badEvents = (): ReadonlyArray<BadEvent> => plantedEvents().flatMap(({ subject, body }) =>
  Object.values(SPOILS).map((spoil) => ({ subject, text: spoil(body, JSON.stringify(body)) })))

/** Headers that a publisher may send. */
export const HEADERS: ReadonlyArray<Readonly<Record<string, string>>> = [
  { 'Nats-Msg-Id': word('message-id-header'), authorization: `Bearer ${word('token-header')}`, [word('header-name')]: phone() },
  { 'Nats-Msg-Id': `${word('tab')}\t${phone()}` }, { 'Nats-Msg-Id': word('long').repeat(40) }, { 'Content-Encoding': word('encoding') },
  { traceparent: word('trace-parent'), tracestate: `vendor=${word('trace-state')}`, baggage: `user=${phone()}` },
  { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', tracestate: `vendor=${word('trace-state')}` },
]
