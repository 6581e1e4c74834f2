import { given } from './conditions.ts'
import { toConnection } from './connection.ts'
import type { RequestContext } from './context.ts'
import type { Resolvers } from './generated/resolver-types.ts'
import { messageConnection } from './message-resolvers.ts'
import { pageRequest } from './page.ts'
import { answered } from './refusals.ts'
import { toChatView, type ChatView, type ContactView } from './views.ts'

const LIST = 'Query.chats by latest activity'

const contactOf = ({ agentId, phoneNumber }: ChatView, { load }: RequestContext): Promise<ContactView | null> | null =>
  (agentId === undefined || phoneNumber === undefined ? null : load.person.load({ agentId, phoneNumber }))

/** The contact's name is for readers of contacts only. */
const displayName = async (chat: ChatView, context: RequestContext): Promise<string | null> => {
  const contact = context.scopes.has('read:contacts') ? await contactOf(chat, context) : null
  return contact?.customName ?? chat.customName ?? chat.groupName ?? chat.pushName ?? chat.phoneNumber ?? null
}

export const chatResolvers = {
  Query: {
    chats: async (_, { filter, ...args }, { reads, cursors, load, agents }) => {
      const conditions = given(filter)
      const request = pageRequest(args, (cursor) => cursors.decode(LIST, cursor))
      return toConnection(await answered(reads.chats.page(request, conditions)), request, {
        viewOf: toChatView,
        placeOf: ({ lastActivityAt, chatId }) => ({ at: lastActivityAt, id: chatId }),
        cursorOf: (place) => cursors.encode(LIST, place),
        total: async () => (agents !== undefined || Object.keys(conditions).length > 0 ? null : (await load.totals()).chats),
      })
    },
    chat: (_, { chatId }, { load }) => load.chat.load(chatId),
  },
  Chat: {
    displayName: (chat, _, context) => displayName(chat, context),
    lastMessage: ({ lastMessageId }, _, { load }) => (lastMessageId === undefined ? null : load.message.load(lastMessageId)),
    snapshot: ({ snapshot }) => snapshot ?? null,
    contact: (chat, _, context) => contactOf(chat, context),
    messages: ({ chatId }, args, context) => messageConnection(chatId, args, context),
  },
  ChatConnection: { totalCount: ({ total }) => total() },
} satisfies Resolvers
