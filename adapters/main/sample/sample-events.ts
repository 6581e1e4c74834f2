import type { Chance } from './chance.ts'
import type { SampleChat, SamplePeople } from './sample-people.ts'

/** An event as a gateway publishes it: base subject and JSON body. */
export interface SampleEvent { readonly subject: string; readonly body: Readonly<Record<string, unknown>> }

const TEXTS = ['halo, masih ada stok?', 'baik, terima kasih 🙏', 'berapa ongkir ke Bandung?', 'sudah saya transfer ya',
  'barang sudah sampai',
  'bisa kirim hari ini?', 'ukuran L ada?', 'siap, ditunggu', 'mohon info promo', 'oke'] as const

/** What customers write. */
export const someText = ({ oneOf }: Chance): string => oneOf(TEXTS)

/** A message by one of the sample's people. */
export interface Written { readonly messageId: string; readonly chat: SampleChat; readonly flow: 'IN' | 'OUT' }

export const messageBody = ({ messageId, chat, flow }: Written, text: string, at: number): Record<string, unknown> => ({
  message_id: messageId, chat_id: chat.chatId, jid: chat.jid, agent_id: chat.agent.agentId, flow,
  from_phone: flow === 'IN' ? chat.contact.phone : chat.agent.phone, to_phone: flow === 'IN' ? chat.agent.phone : chat.contact.phone,
  message_type: 'conversation', message_text: text, status: flow === 'IN' ? 'delivered' : 'sent', message_timestamp: at,
  key: { id: messageId, fromMe: flow === 'OUT', remoteJid: chat.jid },
  message_obj: { conversation: text, messageContextInfo: { deviceListMetadataVersion: 2, messageSecret: `secret-of-${messageId}` } },
})

export const chatBody = (chat: SampleChat, at: number): Record<string, unknown> => ({
  chat_id: chat.chatId, jid: chat.jid, agent_id: chat.agent.agentId, phone_number: chat.contact.phone, push_name: chat.contact.name,
  is_group: chat.group !== undefined, ...(chat.group === undefined ? {} : { group_name: chat.group }), conversation_timestamp: at,
    unread_count: 0,
})

const chunks = <T>(items: ReadonlyArray<T>, size: number): ReadonlyArray<ReadonlyArray<T>> =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))

const HISTORY_STEP_SECONDS = 97
const HISTORY_BATCH = 100

/** Pairing (with a QR code), then connected: what an agent reports when it joins. */
export const agentEvents = ({ agents }: SamplePeople): ReadonlyArray<SampleEvent> => agents.flatMap(({ agentId, phone, name, host }) => [
  { subject: 'v1.connection.update', body: { agent_id: agentId, status: 'pairing', qr_code: `2@sample-pairing-code-of-${agentId}` } },
  { subject: 'v1.connection.update',
    body: { agent_id: agentId, status: 'connected', agent_name: name, host_name: host, version: '2.8.1', phone_number: phone,
      qr_code: null } },
])

/** Contacts, chats and `messages` messages up to `now` (seconds), in batches, the last one marked. */
export const historyEvents = ({ oneOf, in: inPercent }: Chance, { contacts, chats, agents }: SamplePeople, messages: number,
  now: number): ReadonlyArray<SampleEvent> => {
  const begin = now - messages * HISTORY_STEP_SECONDS
  const written = Array.from({ length: messages }, (_, i) => messageBody(
    { messageId: `H${i}`, chat: oneOf(chats), flow: inPercent(60) ? 'IN' : 'OUT' }, oneOf(TEXTS), begin + i * HISTORY_STEP_SECONDS))
  const batches = chunks(written, HISTORY_BATCH)
  return [
    ...chunks(contacts, HISTORY_BATCH).map((part) => ({ subject: 'v1.history.contacts', body: {
      contacts: part.map(({ phone, name, agent }) =>
      ({ agent_id: agent.agentId, phone_number: phone, push_name: name })) } })),
    ...chunks(chats, HISTORY_BATCH).map((part) => ({ subject: 'v1.history.chats', body: { chats: part.map((chat) =>
      chatBody(chat, begin)) } })),
    ...batches.map((part, i) => ({ subject: 'v1.history.messages', body: { messages: part,
      ...(i === batches.length - 1 ? { is_last_batch: true, agent_id: agents[0].agentId } : {}) } })),
  ]
}

const RECEIPTS = ['delivered', 'read'] as const

/** What follows a live message: its chat moves; receipts, now and then an edit or a deletion. */
const aftermath = (chance: Chance, written: Written, at: number): ReadonlyArray<SampleEvent> => [
  { subject: 'v1.chats.update', body: { chat_id: written.chat.chatId, conversation_timestamp: at,
    last_message: { id: written.messageId }, ...(written.flow === 'IN' ? { unread_count: 1 } : {}) } },
  ...(written.flow === 'OUT' ? RECEIPTS.map((status) => ({ subject: 'v1.messages.update',
    body: { message_id: written.messageId, status } })) : []),
  ...(chance.in(8) ? [{ subject: 'v1.messages.update', body: { message_id: written.messageId,
    edited_message_obj: { conversation: 'ralat: ukuran L' } } }] : []),
  ...(chance.in(3) ? [{ subject: 'v1.messages.update', body: { message_id: written.messageId, is_deleted: true } }] : []),
]

/** `messages` live messages with all that follows them. */
export const liveEvents = (chance: Chance, { chats }: SamplePeople, messages: number, now: number): ReadonlyArray<SampleEvent> =>
  Array.from({ length: messages }, (_, i) => i).flatMap((i) => {
    const written: Written = { messageId: `L${now}-${i}`, chat: chance.oneOf(chats), flow: chance.in(65) ? 'IN' : 'OUT' }
    const at = now + Math.floor(i / 4)
    const campaign = chance.in(10) ? { campaign: { is_campaign: true, tags: 'promo-juni,vip', assigned_to: 'cs-07',
      origin: 'IG-Ads' } } : {}
    return [
      { subject: 'v1.messages.upsert', body: { ...messageBody(written, chance.oneOf(TEXTS), at), ...campaign } },
      ...aftermath(chance, written, at),
    ]
  })
