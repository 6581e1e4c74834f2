import type { MessageConditions } from '../../../application/ports/message-finder.ts'
import { given, toSeconds } from './conditions.ts'
import { toConnection, type MessagePage } from './connection.ts'
import type { RequestContext } from './context.ts'
import type { ChatMessagesArgs, MessageFilter, Resolvers } from './generated/resolver-types.ts'
import { pageRequest } from './page.ts'
import { toMessageView } from './views.ts'

const toConditions = (filter: MessageFilter | null | undefined): MessageConditions => {
  const { sentFrom, sentBefore, ...rest } = given(filter)
  return {
    ...rest, ...(sentFrom === undefined ? {} : { sentFrom: toSeconds(sentFrom) }),
    ...(sentBefore === undefined ? {} : { sentBefore: toSeconds(sentBefore) }),
  }
}

/** A page of one chat's messages; its cursors are no good for another chat. */
export const messageConnection = async (
  chatId: string, { filter, ...args }: ChatMessagesArgs, { cursors, load }: RequestContext,
): Promise<MessagePage> => {
  const list = `Chat.messages by time of ${chatId}`
  const request = pageRequest(args, (cursor) => cursors.decode(list, cursor))
  return toConnection(await load.messagePage.load({ chatId, request, conditions: toConditions(filter) }), request, {
    viewOf: toMessageView,
    placeOf: ({ sentAt, messageId }) => ({ at: sentAt, id: messageId }),
    cursorOf: (place) => cursors.encode(list, place),
    total: () => Promise.resolve(null),
  })
}

export const messageResolvers = {
  Query: { message: (_, { messageId }, { load }) => load.message.load(messageId) },
  Message: {
    chat: ({ chatId }, _, { load }) => load.chat.load(chatId),
    mediaType: ({ mediaUrl, type }) => (mediaUrl === undefined ? null : type ?? null),
  },
  MessageConnection: { totalCount: ({ total }) => total() },
} satisfies Resolvers
