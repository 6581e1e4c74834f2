import type * as t from 'io-ts'
import { UnreadCount } from '../integers.ts'
import { JsonObject } from '../json-text.ts'
import { optional, payload, required } from '../payload.ts'
import { Identifier } from '../scalars.ts'
import { UnixSecondsIfPositive } from '../timestamps.ts'

/** `v1.chats.update` (contract 4.2); `id` is an alias of `chat_id` (D1). An absent unread count means "read", as 0 does. */
export const ChatUpdated = payload('ChatUpdated', {
  chatId: required('chat_id', Identifier, 'id'),
  companyId: optional('company_id', Identifier),
  agentId: optional('agent_id', Identifier),
  unreadCount: optional('unread_count', UnreadCount),
  lastMessage: optional('last_message', JsonObject),
  /** Unix seconds; zero and negative on the wire are absent here (D14). */
  conversationTimestamp: optional('conversation_timestamp', UnixSecondsIfPositive),
})

export type ChatUpdated = t.TypeOf<typeof ChatUpdated>
