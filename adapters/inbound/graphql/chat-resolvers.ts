import type { FoundChat } from '../../../application/ports/chat-finder.ts'
import type { FoundContact } from '../../../application/ports/contact-finder.ts'
import type { FoundMessage, MessageConditions } from '../../../application/ports/message-finder.ts'
import type { Context } from './context.ts'
import type { ChatResolvers, MessageFilter } from './generated/resolver-types.ts'
import { globalId } from './global-id.ts'
import { connectionOf, pageOf, type Listing } from './page.ts'
import { present } from './present.ts'
import { mayRead } from './scopes.ts'
import { toDate, toJson, toSeconds } from './values.ts'

/** A cursor of one chat's messages is of no use in another's. */
const messagesOf = (chatId: string): Listing<FoundMessage> =>
  ({ scope: `Chat.messages/${chatId}`, placeOf: ({ sentAt, messageId }) => ({ at: sentAt, id: messageId }) })

const conditionsOf = (filter: MessageFilter): MessageConditions => {
  const { sentFrom, sentBefore, ...rest } = present(filter)
  return { ...rest, ...(sentFrom === undefined ? {} : { sentFrom: toSeconds(sentFrom) }), ...(sentBefore === undefined ? {} : { sentBefore: toSeconds(sentBefore) }) }
}

const contactOf = async ({ agentId, phoneNumber }: FoundChat, { loaders }: Context): Promise<FoundContact | undefined> =>
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
    return connectionOf(await loaders.messagesOfChat.load({ chatId, page, conditions: conditionsOf(filter ?? {}) }), { listing, page, filtered: true, cursors })
  },
}
