import { encode } from './row.ts'

/** Wire objects as publishers send them (contract 4), to vary. `undefined` in `change` leaves a field out. */
type Wire = Readonly<Record<string, unknown>>
type Build = (unique: string, company: string, change?: Wire) => Wire

const COMPANY = 'ACME01'
const AGENT = 'agent-jkt-3'

/** A phone number of its own for each `unique`. */
const phoneOf = (unique: string): string =>
  `62812${[...unique].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 100_000_000, 7).toString().padStart(8, '0')}`

const jidOf = (unique: string): string => `${phoneOf(unique)}@s.whatsapp.net`

export const messageUpsert: Build = (unique, company, change = {}) => ({
  message_id: `msg-${unique}`, chat_id: `chat-${unique}`, jid: jidOf(unique), company_id: company, agent_id: AGENT, flow: 'IN',
  from_phone: phoneOf(unique), to_phone: '6281100020003', message_type: 'extendedTextMessage', message_text: 'masih ada stok?',
  key: { id: `msg-${unique}`, fromMe: false, remoteJid: jidOf(unique) },
  message_obj: { extendedTextMessage: { text: 'masih ada stok?' } }, status: 'delivered', message_timestamp: 1_750_650_042, ...change,
})

export const messageUpdate: Build = (unique, company, change = {}) =>
  ({ message_id: `msg-${unique}`, company_id: company, status: 'read', ...change })

export const chatUpsert: Build = (unique, company, change = {}) => ({
  chat_id: `chat-${unique}`, jid: jidOf(unique), company_id: company, agent_id: AGENT, phone_number: phoneOf(unique), push_name: 'Sinta',
  is_group: false, last_message: { id: `msg-${unique}`, text: 'baik, terima kasih' }, conversation_timestamp: 1_750_650_000,
  unread_count: 3, not_spam: true, ...change,
})

export const chatUpdate: Build = (unique, company, change = {}) => ({
  chat_id: `chat-${unique}`, company_id: company, agent_id: AGENT, unread_count: 1, conversation_timestamp: 1_750_650_042,
  last_message: { id: `msg-${unique}`, text: 'masih ada stok?' }, ...change,
})

export const contactUpsert: Build = (unique, company, change = {}) => ({
  company_id: company, agent_id: AGENT, phone_number: phoneOf(unique), chat_id: `chat-${unique}`, push_name: 'Sinta', ...change,
})

export const contactUpdate: Build = (unique, company, change = {}) => ({
  company_id: company, agent_id: AGENT, phone_number: phoneOf(unique), push_name: 'Sinta R.', tags: 'vip,jakarta', gender: null, ...change,
})

export const connectionUpdate: Build = (unique, company, change = {}) => ({
  agent_id: `agent-${unique}`, company_id: company, status: 'connected', agent_name: 'Jakarta CS 3', host_name: 'wa-node-12',
  version: '2.8.1', phone_number: '6281100020003', ...change,
})

/** The body of an event with some fields changed. */
export const changed = (build: Build, change: Wire) => (unique: string, company = COMPANY): Uint8Array =>
  encode(JSON.stringify(build(unique, company, change)))

/** The body after a change to its text, for what `JSON.stringify` cannot write. */
export const rewritten = (build: Build, rewrite: (text: string, unique: string) => string, change: Wire = {}) =>
  (unique: string, company = COMPANY): Uint8Array => encode(rewrite(JSON.stringify(build(unique, company, change)), unique))

/** The body with literal JSON text as the value of one field; `at` is the field's value before, any marker string. */
export const literal = (build: Build, field: string, text: string) =>
  rewritten(build, (body) => body.replace('"@@"', () => text), { [field]: '@@' })

/** The body with one member more, written as given. */
export const withMember = (build: Build, member: string) => rewritten(build, (body) => `${body.slice(0, -1)},${member}}`)

/** A body that does not depend on anything. */
export const fixed = (bytes: Uint8Array | string) => (): Uint8Array => (typeof bytes === 'string' ? encode(bytes) : bytes)
