import { jid, phone, word } from './planted.ts'

type Wire = Readonly<Record<string, unknown>>

const SECONDS = 1_750_650_042
const content = (place: string): Wire => ({ [word(`${place}-key`)]: { conversation: word(place), participants: [jid(), { name: word(place) }] } })

/** Ids are planted too: those of chats and contacts hold phone numbers. */
const message = (n: string): Wire => ({
  message_id: word(`message-${n}`), chat_id: `${phone()}-${n}`, jid: jid(), flow: 'IN', agent_id: word('agent'), from_phone: phone(), to_phone: phone(),
  message_type: word('message-type'), message_text: word('message-text'), message_url: `https://media.invalid/${word('message-url')}?token=${word('url-token')}`,
  message_obj: content('message-obj'), key: { id: word(`message-${n}`), fromMe: false, remoteJid: jid() }, status: word('message-status'),
  message_timestamp: SECONDS,
  campaign: { is_campaign: true, tags: word('campaign-tags'), assigned_to: word('campaign-assigned'), origin: word('campaign-origin') },
})

const chat = (n: string): Wire => ({
  chat_id: `${phone()}-${n}`, jid: jid(), agent_id: word('agent'), phone_number: phone(), push_name: word('chat-push-name'), custom_name: word('chat-custom-name'),
  is_group: true, group_name: word('group-name'), assigned_to: word('chat-assigned'), last_message: content('last-message'),
  conversation_timestamp: SECONDS, unread_count: 3, not_spam: true,
})

const person = (): Wire => ({
  phone_number: phone(), agent_id: word('agent'), push_name: word('push-name'), custom_name: word('custom-name'), notes: word('notes'),
  tags: word('tags'), avatar: `https://pictures.invalid/${word('avatar')}`, assigned_to: word('assigned'), pob: word('birth-place'), dob: -77_001_234, gender: 'FEMALE',
  status: 'ACTIVE',
})

const contact = (): Wire => ({ ...person(), chat_id: jid(), id: word('contact-id'), type: 'PERSONAL', origin: word('contact-origin'),
  first_message_id: word('first-message'), first_message_timestamp: SECONDS })

export interface Planted { readonly subject: string; readonly body: Wire }

/** A valid event of each type with a canary in every field that can hold one. */
export const plantedEvents = (): ReadonlyArray<Planted> => [
  { subject: 'v1.messages.upsert', body: message('1') },
  { subject: 'v1.messages.update', body: { message_id: word('message-1'), status: word('status'), edited_message_obj: content('edited'),
    is_deleted: true, message_url: word('edited-url') } },
  { subject: 'v1.chats.upsert', body: chat('1') },
  { subject: 'v1.chats.update', body: { chat_id: `${phone()}-early`, agent_id: word('agent'), unread_count: 1, last_message: content('last'),
    conversation_timestamp: SECONDS } },
  { subject: 'v1.contacts.upsert', body: contact() },
  { subject: 'v1.contacts.update', body: { ...person(), id: word('contact-id') } },
  { subject: 'v1.connection.update', body: { agent_id: word('agent'), qr_code: word('pairing-code'), status: word('connection'),
    agent_name: word('agent-name'), host_name: word('host'), version: word('version'), phone_number: phone() } },
  { subject: 'v1.history.chats', body: { chats: [chat('h1'), chat('h2')] } },
  { subject: 'v1.history.messages', body: { is_last_batch: true, agent_id: word('agent'), messages: [message('h1'), message('h2')] } },
  { subject: 'v1.history.contacts', body: { contacts: [contact(), contact()] } },
]
