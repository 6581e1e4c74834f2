import type * as t from 'io-ts'
import { UnreadCount } from '../integers.ts'
import { JsonObject } from '../json-text.ts'
import { given, optional, payload, required } from '../payload.ts'
import { Flag, Identifier, Text } from '../scalars.ts'
import { UnixSeconds } from '../timestamps.ts'

/** `v1.chats.upsert`, and each item of `v1.history.chats` (contract 4.1). The phone number may be empty for groups only (D6). */
export const ChatUpserted = payload('ChatUpserted', {
  chatId: required('chat_id', Identifier),
  jid: required('jid', Identifier),
  companyId: optional('company_id', Identifier),
  agentId: optional('agent_id', Identifier),
  phoneNumber: optional('phone_number', Identifier),
  pushName: optional('push_name', Text),
  customName: optional('custom_name', Text),
  isGroup: optional('is_group', Flag),
  groupName: optional('group_name', Text),
  assignedTo: optional('assigned_to', Text),
  lastMessage: optional('last_message', JsonObject),
  /** Unix seconds of the last activity. */
  conversationTimestamp: optional('conversation_timestamp', UnixSeconds),
  unreadCount: optional('unread_count', UnreadCount),
  notSpam: optional('not_spam', Flag),
}, {
  lacks: ({ isGroup, phoneNumber }) => (isGroup === true || phoneNumber !== undefined ? undefined : 'phone_number'),
  schema: { anyOf: [given('phone_number'), { properties: { is_group: { const: true } }, required: ['is_group'] }] },
})

export type ChatUpserted = t.TypeOf<typeof ChatUpserted>
