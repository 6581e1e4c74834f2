import type { Chat, ChatHeard as Heard } from '../../../domain/chat/chat.ts'
import { shownChat } from '../../../domain/chat/shown.ts'
import { ChatHeard } from '../../../schemas/events/chat-event.ts'
import type { AggregateTable } from './aggregate-table.ts'
import { decoded } from './decoded.ts'

const encoded = ({ fields, unread }: Heard): unknown => ChatHeard.encode({ fields, unread: { ...unread, raised: [...unread.raised] } })

const toRow = (state: Chat): Readonly<Record<string, unknown>> => {
  if (state.kind !== 'opened') throw new TypeError('only an opened chat has a row')
  const shown = shownChat(state.heard)
  const { jid, pushName, groupName, customName, assignedTo, isGroup, notSpam, agentId, phoneNumber } = shown
  return {
    jid, push_name: pushName, group_name: groupName, custom_name: customName, assigned_to: assignedTo, is_group: isGroup ?? false,
    not_spam: notSpam ?? false, unread_count: shown.unreadCount, last_message: shown.lastMessage,
    conversation_timestamp: shown.conversationTimestamp,
    agent_id: agentId, phone_number: phoneNumber, merge: encoded(state.heard),
  }
}

export const chatTable: AggregateTable<'chat'> = {
  table: 'daisi.chats', id: 'chat_id',
  columns: {
    jid: 'text', push_name: 'text', group_name: 'text', custom_name: 'text', assigned_to: 'text', is_group: 'boolean', not_spam: 'boolean',
    unread_count: 'integer', last_message: 'json', conversation_timestamp: 'bigint', agent_id: 'text', phone_number: 'text', merge: 'jsonb',
  },
  stateColumns: ['merge'],
  toRow,
  toState: ({ merge }) => ({ kind: 'opened', heard: decoded<Heard>(ChatHeard, merge) }),
  early: {
    toJson: (state) => (state.kind === 'unseen' ? undefined : encoded(state.heard)),
    toState: (json) => ({ kind: 'early', heard: decoded<Heard>(ChatHeard, json) }),
  },
}
