import type { FoundChat } from '../../../application/ports/chat-finder.ts'
import type { FoundContact } from '../../../application/ports/contact-finder.ts'
import { given, toDate } from './conditions.ts'
import { toConnection } from './connection.ts'
import type { RequestContext } from './context.ts'
import type { Resolvers } from './generated/resolver-types.ts'
import { toGlobalId } from './global-id.ts'
import { messageConnection } from './message-resolvers.ts'
import { pageRequest } from './page.ts'
import { answered } from './refusals.ts'

const LIST = 'Query.chats by latest activity'

const contactOf = async ({ agentId, phoneNumber }: FoundChat, { load }: RequestContext): Promise<FoundContact | undefined> =>
  (agentId === undefined || phoneNumber === undefined ? undefined : load.person.load({ agentId, phoneNumber }))

/** The contact's name is for readers of contacts only. */
const displayName = async (chat: FoundChat, context: RequestContext): Promise<string | null> => {
  const contact = context.scopes.has('read:contacts') ? await contactOf(chat, context) : undefined
  return contact?.customName ?? chat.customName ?? chat.groupName ?? chat.pushName ?? chat.phoneNumber ?? null
}

export const chatResolvers = {
  Query: {
    chats: async (_, { filter, ...args }, { reads, cursors, load, agents }) => {
      const conditions = given(filter)
      const request = pageRequest(args, (cursor) => cursors.decode(LIST, cursor))
      return toConnection(await answered(reads.chats.page(request, conditions)), request, {
        placeOf: ({ lastActivityAt, chatId }) => ({ at: lastActivityAt, id: chatId }),
        cursorOf: (place) => cursors.encode(LIST, place),
        total: async () => (agents !== undefined || Object.keys(conditions).length > 0 ? null : (await load.totals()).chats),
      })
    },
    chat: async (_, { chatId }, { load }) => (await load.chat.load(chatId)) ?? null,
  },
  Chat: {
    id: ({ chatId }) => toGlobalId('Chat', chatId),
    displayName: (chat, _, context) => displayName(chat, context),
    lastActivityAt: ({ lastActivityAt }) => (lastActivityAt === 0 ? null : toDate(lastActivityAt)),
    lastMessage: async ({ lastMessageId }, _, { load }) =>
      (lastMessageId === undefined ? null : (await load.message.load(lastMessageId)) ?? null),
    snapshot: ({ snapshot }) => snapshot ?? null,
    contact: async (chat, _, context) => (await contactOf(chat, context)) ?? null,
    messages: ({ chatId }, args, context) => messageConnection(chatId, args, context),
  },
  ChatConnection: { totalCount: ({ total }) => total() },
} satisfies Resolvers
