import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Place } from '../../../application/ports/finder-page.ts'
import type { FoundMessage, MessageConditions, MessageFinder } from '../../../application/ports/message-finder.ts'
import type { Message } from '../../../domain/message/message.ts'
import { shownMessage } from '../../../domain/message/shown.ts'
import { meets, pageOf } from './finder-pages.ts'
import { keyedBy, viewsOf, type ReadableStore, type Visible } from './finder-rows.ts'

const toView = (messageId: string, row: Message): FoundMessage | undefined => {
  if (row.kind !== 'recorded') return undefined
  const { url, key: _, timestamp: __, flow = 'IN', chatId = '', ...shown } = shownMessage(row.heard, row.firstSeen)
  return { messageId, chatId, flow, ...shown, ...(url === undefined ? {} : { mediaUrl: url }) }
}

export const foundMessages = (store: ReadableStore, visible: Visible): ReadonlyArray<FoundMessage> =>
  viewsOf(store, 'message_timeline', visible, toView)

export const messagePlace = ({ sentAt, messageId }: FoundMessage): Place => ({ at: sentAt, id: messageId })

const meeting = ({ flow, type, sentFrom, sentBefore }: MessageConditions) => (message: FoundMessage): boolean =>
  meets(flow, message.flow) && meets(type, message.type)
    && (sentFrom === undefined || message.sentAt >= sentFrom) && (sentBefore === undefined || message.sentAt < sentBefore)

export const memoryMessageFinder = (store: ReadableStore, visible: Visible): MessageFinder => ({
  pages: (chatIds, request, conditions) => TE.fromIO(() => {
    const byChat = Map.groupBy(foundMessages(store, visible).filter(meeting(conditions)), ({ chatId }) => chatId)
    return new Map(chatIds.map((chatId) => [chatId, pageOf(byChat.get(chatId) ?? [], messagePlace, request)]))
  }),
  byIds: (messageIds) => TE.fromIO(() => keyedBy(foundMessages(store, visible), ({ messageId }) => messageId, messageIds)),
})
