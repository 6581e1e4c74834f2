import type { Chance } from '../../../adapters/main/sample/chance.ts'
import { someMessage, type People } from './people.ts'

export type Body = Readonly<Record<string, unknown>>

/** In every text, so that none may be found in a log. */
export const CANARY = 'CANARY-kopi-susu-7731'

const EVENT_TIME = 1_750_000_000
/** Far in the future: clamped to the broker's time plus 48 h. */
const FAR_FUTURE = 4_102_444_800
const STATUSES = ['pending', 'sent', 'server_ack', 'delivered', 'DELIVERY_ACK', 'read', 'played', 'failed', 'on-its-way'] as const

/** Mostly rising, sometimes early, absent or far in the future. */
const timeOf = (chance: Chance, n: number): Body => {
  if (chance.in(6)) return {}
  if (chance.in(1)) return { message_timestamp: FAR_FUTURE + n }
  return { message_timestamp: EVENT_TIME + n - chance.below(chance.in(10) ? 5_000 : 5) }
}

const conversationOf = (chance: Chance, n: number): Body => {
  const { message_timestamp: at } = timeOf(chance, n)
  return at === undefined ? {} : { conversation_timestamp: at }
}

const text = (chance: Chance, what: string): string => `${what} ${chance.below(100_000)} ${CANARY}`

const campaignOf = (chance: Chance): Body => (chance.in(12)
  ? { campaign: { is_campaign: chance.in(80), tags: chance.oneOf(['promo', 'vip,promo', 'promo, juni']),
    ...(chance.in(50) ? { origin: 'IG-Ads' } : {}), ...(chance.in(50) ? { assigned_to: `cs-${chance.below(4)}` } : {}) } }
  : {})

const messageBody = (chance: Chance, { agents, chats, phones }: People, id: string, n: number): Body => {
  const [phone, incoming] = [chance.oneOf(phones), chance.in(65)]
  const sender = chance.in(5) ? `+${phone}@s.whatsapp.net` : phone
  return {
    message_id: id, chat_id: chance.oneOf(chats), jid: `${phone}@s.whatsapp.net`, flow: incoming ? 'IN' : 'OUT',
    ...(chance.in(95) ? { agent_id: chance.oneOf(agents) } : {}),
    ...(chance.in(50) ? { from_phone: incoming ? sender : '62811', to_phone: '62811' } : { from: incoming ? sender : '62811' }),
    message_type: 'conversation', ...(chance.in(90) ? { message_text: text(chance, 'halo') } : {}), ...timeOf(chance, n),
    ...(chance.in(60) ? { key: { id, fromMe: !incoming, remoteJid: `${phone}@s.whatsapp.net` } } : {}),
    ...(chance.in(60) ? { message_obj: { conversation: text(chance, 'isi'), n } } : {}),
    ...(chance.in(80) ? { status: chance.oneOf(['sent', 'delivered']) } : {}), ...campaignOf(chance),
  }
}

export const newMessage = (chance: Chance, people: People, n: number): Body => {
  const id = `m-${people.messages.length}`
  people.messages.push(id)
  return messageBody(chance, people, id, n)
}

/** The same message again, with other words and times. */
export const messageAgain = (chance: Chance, people: People, n: number): Body =>
  messageBody(chance, people, someMessage(chance, people), n)

export const messageUpdate = (chance: Chance, people: People): Body => {
  const id = someMessage(chance, people)
  const key = chance.in(80) ? { message_id: id } : { id }
  if (chance.in(70)) return { ...key, status: chance.oneOf(STATUSES) }
  if (chance.in(50)) return { ...key, edited_message_obj: { conversation: text(chance, 'ralat') } }
  return chance.in(50) ? { ...key, is_deleted: true } : { ...key, message_url: `https://media.invalid/${chance.below(1_000)}` }
}

export const chatBody = (chance: Chance, { agents, chats, phones }: People, n: number): Body => {
  const isGroup = chance.in(20)
  return {
    chat_id: chance.oneOf(chats), jid: `${chance.oneOf(phones)}@s.whatsapp.net`, agent_id: chance.oneOf(agents),
    ...(isGroup ? { is_group: true, group_name: text(chance, 'grup') } : { phone_number: chance.oneOf(phones) }),
    ...(chance.in(60) ? { push_name: text(chance, 'nama') } : {}), ...(chance.in(20) ? { custom_name: text(chance, 'Ibu') } : {}),
    ...(chance.in(20) ? { assigned_to: `cs-${chance.below(4)}` } : {}), ...(chance.in(40) ? { not_spam: chance.in(50) } : {}),
    ...(chance.in(40) ? { last_message: { text: text(chance, 'akhir') } } : {}),
    ...(chance.in(60) ? { unread_count: chance.below(9) } : {}), ...conversationOf(chance, n),
  }
}

/** Mostly one unread message more. */
export const chatUpdate = (chance: Chance, { chats }: People, n: number): Body => {
  const chat = chance.oneOf(chats)
  const unread = chance.in(85) ? { unread_count: 1 } : chance.oneOf<Body>([{}, { unread_count: 0 }, { unread_count: 7 }])
  return { ...(chance.in(80) ? { chat_id: chat } : { id: chat }), ...unread, ...conversationOf(chance, n),
    ...(chance.in(30) ? { last_message: { text: text(chance, 'akhir') } } : {}) }
}

export const contactBody = (chance: Chance, { agents, phones }: People): Body => ({
  agent_id: chance.oneOf(agents), phone_number: chance.oneOf(phones), ...(chance.in(80) ? { push_name: text(chance, 'nama') } : {}),
  ...(chance.in(30) ? { id: `crm-${chance.below(20)}` } : {}), ...(chance.in(30) ? { chat_id: `chat-${chance.below(12)}` } : {}),
  ...(chance.in(20) ? { tags: chance.oneOf(['lama', 'vip', 'grosir,vip']) } : {}), ...(chance.in(20) ? { origin: 'CRM' } : {}),
  ...(chance.in(20) ? { type: 'PERSONAL' } : {}), ...(chance.in(20) ? { dob: -chance.below(1_000_000_000) - 1 } : {}),
  ...(chance.in(10) ? { first_message_id: `m-${chance.below(9)}`, first_message_timestamp: EVENT_TIME - chance.below(9_999) } : {}),
})

export const contactUpdate = (chance: Chance, { agents, phones }: People): Body => ({
  ...(chance.in(70) ? { agent_id: chance.oneOf(agents), phone_number: chance.oneOf(phones) } : { id: `crm-${chance.below(20)}` }),
  ...chance.oneOf<Body>([{ tags: 'vip,jakarta' }, { tags: null }, { custom_name: text(chance, 'Pak') }, { custom_name: null },
    { gender: 'FEMALE', notes: text(chance, 'catatan') }, { gender: null, status: 'DISABLED' },
    { status: null, push_name: text(chance, 'baru') },
    { assigned_to: `cs-${chance.below(4)}`, pob: 'Bandung' }]),
})

export const agentBody = (chance: Chance, { agents }: People): Body => ({
  agent_id: chance.oneOf(agents),
  ...chance.oneOf<Body>([{ status: 'connected', qr_code: null }, { status: 'pairing', qr_code: text(chance, '2@') },
    { version: '2.8.1' }, { agent_name: text(chance, 'CS'), host_name: 'wa-1' }, { phone_number: '62811', status: '' }]),
})
