import fc from 'fast-check'
import type { Delivery } from '../../../adapters/inbound/nats/delivery.ts'
import type { EventName } from '../../../adapters/inbound/nats/subjects.ts'
import { HISTORY, type Observation, type StreamRank } from '../../../domain/clock.ts'
import { anEventTime } from '../../domain/convergence/deliveries.ts'
import { aDelivery } from '../../support/a-delivery.ts'

/** Valid bodies of every event type, about few things: that events are about the same ones is the point. */
type Body = Readonly<Record<string, unknown>>

const MS_PER_SECOND = 1_000
/** Items that two observations of one history sequence can have (`test/domain/convergence/deliveries.ts`). */
const ITEMS = 3

const word = fc.constantFrom('x', 'y', 'z')
const wordOrNull = fc.constantFrom('x', 'y', null)
const json = fc.constantFrom({ n: 1 }, { n: 2 })
const messageId = fc.constantFrom('m1', 'm2')
const chatId = fc.constantFrom('c1', 'c2')
const agentId = fc.constantFrom('a1', 'a1', 'a2')
const phone = fc.constantFrom('62812', '62812', '+62 812', '62999')
const alias = fc.constantFrom('crm1', 'crm2')
const status = fc.constantFrom('pending', 'sent', 'delivered', 'read', 'failed', 'odd')
const campaign = fc.record({ is_campaign: fc.boolean(), tags: fc.constantFrom('promo', 'sale,promo'), assigned_to: word, origin: word },
  { requiredKeys: ['is_campaign'] })

const messageUpsert: fc.Arbitrary<Body> = fc.record({
  message_id: messageId, chat_id: chatId, jid: word, flow: fc.constantFrom('IN', 'IN', 'OUT'), agent_id: agentId, from_phone: phone,
  to_phone: word, message_type: word, message_text: word, message_url: word, message_obj: json, status, message_timestamp: anEventTime,
  campaign,
}, { requiredKeys: ['message_id', 'chat_id', 'jid', 'flow', 'agent_id', 'from_phone'] })

const chatUpsert: fc.Arbitrary<Body> = fc.record({
  chat_id: chatId, jid: word, phone_number: word, agent_id: agentId, push_name: word, is_group: fc.boolean(), group_name: word,
  custom_name: word, assigned_to: word, last_message: json, conversation_timestamp: anEventTime, unread_count: fc.constantFrom(0, 2, 7),
  not_spam: fc.boolean(),
}, { requiredKeys: ['chat_id', 'jid', 'phone_number'] })

const contactUpsert: fc.Arbitrary<Body> = fc.record({
  agent_id: agentId, phone_number: phone, id: alias, chat_id: chatId, push_name: word, custom_name: word, notes: word,
  tags: fc.constantFrom('vip', 'promo,old'), assigned_to: word, origin: word, gender: fc.constantFrom('MALE', 'FEMALE'),
  first_message_id: messageId, first_message_timestamp: anEventTime, dob: anEventTime,
}, { requiredKeys: ['agent_id', 'phone_number'] })

const contactChanges = {
  push_name: word, custom_name: wordOrNull, notes: wordOrNull, tags: fc.constantFrom('vip', null), assigned_to: wordOrNull,
  status: fc.constantFrom('ACTIVE', 'DISABLED', null),
}
const contactUpdate: fc.Arbitrary<Body> = fc.oneof(
  fc.record({ agent_id: agentId, phone_number: phone, ...contactChanges }, { requiredKeys: ['agent_id', 'phone_number'] }),
  fc.record({ id: alias, ...contactChanges }, { requiredKeys: ['id'] }))

const items = (item: fc.Arbitrary<Body>) => fc.array(item, { minLength: 1, maxLength: ITEMS })

const BODIES: Readonly<Record<EventName, fc.Arbitrary<Body>>> = {
  'v1.messages.upsert': messageUpsert,
  'v1.messages.update': fc.record({ message_id: messageId, status, edited_message_obj: json, is_deleted: fc.boolean(), message_url: word },
    { requiredKeys: ['message_id'] }),
  'v1.chats.upsert': chatUpsert,
  'v1.chats.update': fc.record({
    chat_id: chatId, unread_count: fc.constantFrom(0, 1, 1, 1, 5), last_message: json, conversation_timestamp: anEventTime,
  }, { requiredKeys: ['chat_id'] }),
  'v1.contacts.upsert': contactUpsert,
  'v1.contacts.update': contactUpdate,
  'v1.connection.update': fc.record({ agent_id: agentId, status: wordOrNull, qr_code: wordOrNull, agent_name: wordOrNull,
    host_name: wordOrNull, version: wordOrNull }, { requiredKeys: ['agent_id'] }),
  'v1.history.messages': fc.record({ messages: items(messageUpsert), is_last_batch: fc.boolean(), agent_id: agentId }),
  'v1.history.chats': fc.record({ chats: items(chatUpsert) }),
  'v1.history.contacts': fc.record({ contacts: items(contactUpsert) }),
}

const isHistory = (name: EventName): boolean => name.startsWith('v1.history')
const namesOf = (rank: StreamRank): ReadonlyArray<EventName> =>
  (Object.keys(BODIES) as EventName[]).filter((name) => isHistory(name) === (rank === HISTORY))

/** Bytes as the broker stored them at `seen`; half of the events that can be of type `wanted` are. */
export const anEvent = (wanted: EventName, companyId: string) => (seen: Observation): fc.Arbitrary<Delivery> => {
  const { rank, sequence, item, publishedAt } = seen
  const names = namesOf(rank)
  const place = { sequence: sequence * ITEMS + item, publishedAtMs: publishedAt * MS_PER_SECOND + 123 }
  const name = names.includes(wanted) ? fc.oneof(fc.constant(wanted), fc.constantFrom(...names)) : fc.constantFrom(...names)
  return name.chain((event) => BODIES[event].map((body) => aDelivery(`${event}.${companyId}`, body, place)))
}
