import type { ChatView, ContactView, Key, MessageView } from '../../../application/ports/reads.ts'
import type { Context } from './context.ts'
import type { ChatResolvers } from './generated/resolver-types.ts'
import { globalId } from './global-id.ts'
import { connectionOf, pageOf, type Listing } from './page.ts'
import { present } from './present.ts'
import { mayRead } from './scopes.ts'
import { toDate, toJson } from './values.ts'

export const messageKey = ({ sentAt, messageId }: MessageView): Key => ({ at: sentAt, id: messageId })

/** A cursor of one chat's messages is of no use in another's. */
const messagesOf = (chatId: string): Listing<MessageView> => ({ scope: `Chat.messages/${chatId}`, keyOf: messageKey })

const contactOf = async ({ agentId, phoneNumber }: ChatView, { loaders }: Context): Promise<ContactView | undefined> =>
  (agentId === undefined || phoneNumber === undefined ? undefined : loaders.person.load({ agentId, phoneNumber }))

export const chatResolvers: ChatResolvers = {
  id: ({ chatId }) => globalId('Chat', chatId),
  displayName: async (chat, _, context) => {
    const contact = mayRead(context.identity, 'Contact') ? await contactOf(chat, context) : undefined
    return contact?.customName ?? chat.customName ?? chat.groupName ?? chat.pushName ?? chat.phoneNumber ?? null
  },
  lastActivityAt: ({ lastActivityAt }) => (lastActivityAt === 0 ? null : toDate(lastActivityAt)),
  lastMessage: async ({ lastMessageId }, _, { loaders }) => (lastMessageId === undefined ? null : (await loaders.message.load(lastMessageId)) ?? null),
  snapshot: ({ snapshot }) => (snapshot === undefined ? null : toJson(snapshot)),
  contact: async (chat, _, context) => (await contactOf(chat, context)) ?? null,
  messages: async ({ chatId }, { filter, ...args }, { loaders, cursors }) => {
    const listing = messagesOf(chatId)
    const page = pageOf(args, listing.scope, cursors)
    const criteria = present(filter ?? {})
    return connectionOf(await loaders.messagesOfChat.load({ chatId, page, criteria }), { listing, page, filtered: true, cursors })
  },
}
