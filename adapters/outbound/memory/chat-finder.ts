import * as TE from 'fp-ts/lib/TaskEither.js'
import type { ChatConditions, ChatFinder, FoundChat } from '../../../application/ports/chat-finder.ts'
import type { Place } from '../../../application/ports/finder-page.ts'
import type { Chat, ChatHeard } from '../../../domain/chat/chat.ts'
import { shownChat } from '../../../domain/chat/shown.ts'
import { meets, pageOf } from './finder-pages.ts'
import { keyedBy, viewsOf, type ReadableStore, type Visible } from './finder-rows.ts'
import { foundMessages, messagePlace } from './message-finder.ts'

type LastMessages = (chatId: string) => Place | undefined

/** Of all agents, as the read model keeps it. */
const lastMessages = (store: ReadableStore, { companyId }: Visible): LastMessages => {
  const byChat = Map.groupBy(foundMessages(store, { companyId }), ({ chatId }) => chatId)
  return (chatId) => pageOf((byChat.get(chatId) ?? []).map(messagePlace), (place) => place, { from: 'start', size: 1 }).rows[0]
}

const shownColumns = (heard: ChatHeard): Omit<FoundChat, 'chatId' | 'lastActivityAt'> => {
  const { conversationTimestamp: _, lastMessage, jid = '', isGroup = false, notSpam = false, ...shown } = shownChat(heard)
  return { jid, isGroup, notSpam, ...shown, ...(lastMessage === undefined ? {} : { snapshot: lastMessage }) }
}

const toView = (lastOf: LastMessages) => (chatId: string, row: Chat): FoundChat | undefined => {
  if (row.kind !== 'opened') return undefined
  const saidAt = row.heard.fields.conversationTimestamp?.clock.at ?? 0
  const last = lastOf(chatId)
  return {
    chatId, ...shownColumns(row.heard), lastActivityAt: Math.max(saidAt, last?.at ?? 0),
    ...(last === undefined ? {} : { lastMessageId: last.id }),
  }
}

export const foundChats = (store: ReadableStore, visible: Visible): ReadonlyArray<FoundChat> =>
  viewsOf(store, 'chat_overview', visible, toView(lastMessages(store, visible)))

const meeting = ({ agentId, assignedTo, isGroup, notSpam, unread }: ChatConditions) => (chat: FoundChat): boolean =>
  meets(agentId, chat.agentId) && meets(assignedTo, chat.assignedTo) && meets(isGroup, chat.isGroup) && meets(notSpam, chat.notSpam)
    && meets(unread, chat.unreadCount > 0)

export const memoryChatFinder = (store: ReadableStore, visible: Visible): ChatFinder => ({
  page: (request, conditions) => TE.fromIO(() => pageOf(foundChats(store, visible).filter(meeting(conditions)),
    ({ lastActivityAt, chatId }) => ({ at: lastActivityAt, id: chatId }), request)),
  byIds: (chatIds) => TE.fromIO(() => keyedBy(foundChats(store, visible), ({ chatId }) => chatId, chatIds)),
})
