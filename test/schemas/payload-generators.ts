import fc from 'fast-check'
import { flag, identifier, jsonObject, maybe, maybeIdentifier, seconds, text } from './wire-values.ts'

const chat = { company_id: maybeIdentifier, agent_id: maybeIdentifier, unread_count: maybe(fc.integer()), last_message: jsonObject }
const birthday = maybe(fc.integer({ min: -62_135_596_800, max: 99_999_999_999 }))
const gender = maybe(fc.constantFrom('MALE', 'FEMALE', ''))
const contactStatus = maybe(fc.constantFrom('ACTIVE', 'DISABLED', ''))
const person = { company_id: maybeIdentifier, push_name: text, custom_name: text, notes: text, tags: text, avatar: text,
  assigned_to: text, pob: text,
  dob: birthday, gender, status: contactStatus, not_in_the_contract: fc.jsonValue() }

/** Valid wire objects, by the name of their codec. Absent fields are undefined or null. */
export const VALID = {
  ChatUpserted: fc.record({ ...chat, chat_id: identifier, jid: identifier, phone_number: identifier, push_name: text, custom_name: text,
    is_group: flag,
    group_name: text, assigned_to: text, conversation_timestamp: seconds, not_spam: flag }),
  ChatUpdated: fc.record({ ...chat, chat_id: identifier, conversation_timestamp: maybe(fc.integer()) }),
  MessageUpserted: fc.record({ message_id: identifier, chat_id: identifier, jid: identifier, flow: fc.constantFrom('IN', 'OUT'),
    company_id: maybeIdentifier,
    agent_id: maybeIdentifier, from: maybeIdentifier, to_phone: maybeIdentifier, message_type: text, message_text: text, message_url: text,
    message_obj: jsonObject, key: maybe(fc.record({ id: identifier, from_me: flag, remoteJid: text })), status: text,
      message_timestamp: seconds,
    campaign: maybe(fc.record({ is_campaign: flag, tags: text, assigned_to: text, origin: text })) }),
  MessageUpdated: fc.record({ message_id: identifier, company_id: maybeIdentifier, status: text, edited_message_obj: jsonObject,
    is_deleted: flag, message_url: text }),
  ContactUpserted: fc.record({ ...person, phone_number: identifier, agent_id: identifier, chat_id: maybeIdentifier, id: maybeIdentifier,
    type: maybe(fc.constantFrom('PERSONAL', 'AGENT', 'OTHER')), origin: text, first_message_id: maybeIdentifier,
      first_message_timestamp: seconds }),
  ContactUpdated: fc.oneof(fc.record({ ...person, phone_number: identifier, agent_id: identifier }),
    fc.record({ ...person, id: identifier })),
  ConnectionUpdated: fc.record({ agent_id: identifier, company_id: maybeIdentifier, qr_code: text, status: text, agent_name: text,
    host_name: text, version: text,
    phone_number: text }),
  HistoryChats: fc.record({ chats: fc.array(fc.jsonValue()) }),
  HistoryMessages: fc.record({ messages: fc.array(fc.jsonValue()), is_last_batch: flag, agent_id: maybeIdentifier }),
  HistoryContacts: fc.record({ contacts: fc.array(fc.jsonValue()) }),
} as const
