import type { Observation } from '../../domain/clock.ts'
import type { ChatCommand, ChatFields, ChatId, UnreadChange } from '../../domain/chat/chat.ts'

export const chatId = 'c1' as ChatId

type Record = Extract<ChatCommand, { readonly type: 'RecordChat' }>
type Update = Extract<ChatCommand, { readonly type: 'UpdateChat' }>

export const aChat = (seen: Observation, fields: Partial<ChatFields> = { jid: '62812@s.whatsapp.net' }, unreadCount = 0): Record =>
  ({ type: 'RecordChat', chatId, seen, fields, unreadCount })

export const aChatUpdate = (seen: Observation, unread: UnreadChange, fields: Update['fields'] = {}): Update =>
  ({ type: 'UpdateChat', chatId, seen, fields, unread })

export const raise: UnreadChange = { type: 'raise' }
export const setTo = (count: number): UnreadChange => ({ type: 'set', count })
