import { WHOLE_EVENT, type Refusal } from '../oracle/ledger.ts'

type Body = Readonly<Record<string, unknown>>

/** An event to be published as it is. */
export interface Flowing {
  readonly subject: string
  readonly body: string
  readonly refusals: ReadonlyArray<Refusal>
  /** See `Intent`. */
  readonly passing?: boolean
}

const MESSAGE = { message_id: 'm-1', chat_id: 'c-1', jid: '62811@s.whatsapp.net', flow: 'IN', agent_id: 'a-1', from_phone: '62811',
  message_text: 'halo', message_timestamp: 1_750_000_000, status: 'sent' }
const CHAT = { chat_id: 'c-1', jid: '62811@s.whatsapp.net', agent_id: 'a-1', phone_number: '62811', push_name: 'Sinta', unread_count: 2 }
const CONTACT = { agent_id: 'a-1', phone_number: '62811', push_name: 'Sinta' }
const NAMED = { ...CONTACT, id: 'crm-1' }
const BY_ALIAS = { id: 'crm-1', custom_name: 'Ibu Sinta' }

interface EventType {
  readonly event: string
  readonly body: Body
  /** What makes its entity known, where it does not do so itself. */
  readonly entity?: readonly [event: string, body: Body]
  /** An event, after `first`, whose facts a policy follows with instructions of its own. */
  readonly followed?: { readonly first: ReadonlyArray<readonly [event: string, body: Body]>; readonly body: Body }
}

/** One of each of the ten (contract 1.1). */
export const EVENT_TYPES: ReadonlyArray<EventType> = [
  { event: 'v1.messages.upsert', body: MESSAGE, followed: { first: [], body: MESSAGE } },
  { event: 'v1.messages.update', body: { message_id: 'm-1', status: 'read' }, entity: ['v1.messages.upsert', MESSAGE] },
  { event: 'v1.chats.upsert', body: CHAT },
  { event: 'v1.chats.update', body: { chat_id: 'c-1', unread_count: 1 }, entity: ['v1.chats.upsert', CHAT] },
  { event: 'v1.contacts.upsert', body: CONTACT, followed: { first: [['v1.contacts.update', BY_ALIAS]], body: NAMED } },
  { event: 'v1.contacts.update', body: { agent_id: 'a-1', phone_number: '62811', tags: 'vip' }, entity: ['v1.contacts.upsert', CONTACT],
    followed: { first: [['v1.contacts.upsert', NAMED]], body: BY_ALIAS } },
  { event: 'v1.connection.update', body: { agent_id: 'a-1', status: 'connected' } },
  { event: 'v1.history.chats', body: { chats: [CHAT, { ...CHAT, chat_id: 'c-2' }] } },
  { event: 'v1.history.messages', body: { messages: [MESSAGE, { ...MESSAGE, message_id: 'm-2' }], is_last_batch: true, agent_id: 'a-1' } },
  { event: 'v1.history.contacts', body: { contacts: [CONTACT, { ...CONTACT, phone_number: '62822' }] },
    followed: { first: [['v1.contacts.update', BY_ALIAS]], body: { contacts: [NAMED] } } },
]

/** What a post-scan sync finds: a customer who wrote long ago. The origin is said, so that the sync only logs who wrote. */
export const IMPORT: ReadonlyArray<readonly [event: string, body: Body]> = [
  ['v1.history.contacts', { contacts: [{ ...CONTACT, origin: 'Ads' }] }],
  ['v1.history.messages', { messages: [MESSAGE], is_last_batch: true, agent_id: 'a-1' }],
]

export const flowing = (company: string, event: string, body: Body): Flowing =>
  ({ subject: `${event}.${company}`, body: JSON.stringify(body), refusals: [] })

/** An event that fails for a while: a dead letter is made of it, and it goes through after all. */
export const passing = (company: string, event: string, body: Body): Flowing => ({ ...flowing(company, event, body), passing: true })

/** The same event cut short: a dead letter. */
export const broken = (company: string, event: string, body: Body): Flowing => {
  const cut = JSON.stringify(body).slice(0, -1)
  return { subject: `${event}.${company}`, body: cut,
    refusals: [{ item: WHOLE_EVENT, reason: 'malformed_json', body: Buffer.from(cut).toString('base64') }] }
}
