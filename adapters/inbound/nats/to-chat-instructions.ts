import type { Instruction } from '../../../application/aggregates.ts'
import type { ChatFields, ChatId, UnreadChange } from '../../../domain/chat/chat.ts'
import type { EpochSeconds } from '../../../domain/time.ts'
import type { ChatUpdated } from '../../../schemas/inbound/v1/chat-updated.ts'
import type { ChatUpserted } from '../../../schemas/inbound/v1/chat-upserted.ts'
import { jsonText, type EventContext } from './event-context.ts'
import { present } from './present.ts'

export const toChatRecorded = (payload: ChatUpserted, { companyId, seen, cause }: EventContext): ReadonlyArray<Instruction> => {
  const { chatId: id, unreadCount = 0, conversationTimestamp, lastMessage, companyId: _, ...fields } = payload
  const chatId = id as ChatId
  return [{ kind: 'chat', companyId, id: chatId, cause, command: { type: 'RecordChat', chatId, seen, unreadCount,
    fields: present<ChatFields>({
      ...fields, lastMessage: jsonText(lastMessage), conversationTimestamp: conversationTimestamp as EpochSeconds | undefined }) } }]
}

/** Go publishers cannot send a 0, so absent means read; exactly 1 means one more (contract 4.2). */
const toUnread = (count = 0): UnreadChange => (count === 1 ? { type: 'raise' } : { type: 'set', count })

export const toChatUpdated = (payload: ChatUpdated, { companyId, seen, cause }: EventContext): ReadonlyArray<Instruction> => {
  const chatId = payload.chatId as ChatId
  const fields = present<Pick<ChatFields, 'lastMessage' | 'conversationTimestamp'>>({
    lastMessage: jsonText(payload.lastMessage), conversationTimestamp: payload.conversationTimestamp as EpochSeconds | undefined })
  return [{ kind: 'chat', companyId, id: chatId, cause,
    command: { type: 'UpdateChat', chatId, seen, fields, unread: toUnread(payload.unreadCount) } }]
}
