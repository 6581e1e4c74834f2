import type { ChatView, ContactView, OnboardingView } from '../../../application/ports/reads.ts'
import { freshnessOf, totalsOf } from './company-resolvers.ts'
import { answered } from './errors.ts'
import type { ChatConnectionResolvers, ContactConnectionResolvers, OnboardingConnectionResolvers, QueryResolvers } from './generated/resolver-types.ts'
import { nodeOf } from './node.ts'
import { connectionOf, pageOf, type Listing } from './page.ts'
import { present } from './present.ts'

const CHATS: Listing<ChatView> = { scope: 'Query.chats', keyOf: ({ lastActivityAt, chatId }) => ({ at: lastActivityAt, id: chatId }) }
const CONTACTS: Listing<ContactView> = { scope: 'Query.contacts', keyOf: ({ contactId }) => ({ at: 0, id: contactId }) }
const ONBOARDINGS: Listing<OnboardingView> = { scope: 'Query.onboardings', keyOf: ({ at, onboardingId }) => ({ at, id: onboardingId }) }

/** Counted only when asked for, and without a filter. */
export const chatConnection: ChatConnectionResolvers = { totalCount: async ({ filtered }, _, context) => (filtered ? null : (await totalsOf(context)).chats) }
export const contactConnection: ContactConnectionResolvers = { totalCount: async ({ filtered }, _, context) => (filtered ? null : (await totalsOf(context)).contacts) }
export const onboardingConnection: OnboardingConnectionResolvers = { totalCount: async ({ filtered }, _, context) =>
  (filtered ? null : (await totalsOf(context)).onboardings) }

export const queryResolvers: QueryResolvers = {
  company: (_, __, { identity: { companyId } }) => ({ companyId }),
  chats: async (_, { filter, ...args }, context) => {
    const page = pageOf(args, CHATS.scope, context.cursors)
    const slice = await answered(context.reads.chats(page, present(filter ?? {})))
    for (const chat of slice.rows) context.loaders.chat.prime(chat.chatId, chat)
    return connectionOf(slice, { listing: CHATS, page, filtered: filter != null, cursors: context.cursors })
  },
  chat: async (_, { chatId }, { loaders }) => (await loaders.chat.load(chatId)) ?? null,
  message: async (_, { messageId }, { loaders }) => (await loaders.message.load(messageId)) ?? null,
  contacts: async (_, { filter, ...args }, context) => {
    const page = pageOf(args, CONTACTS.scope, context.cursors)
    const slice = await answered(context.reads.contacts(page, present(filter ?? {})))
    return connectionOf(slice, { listing: CONTACTS, page, filtered: filter != null, cursors: context.cursors })
  },
  contact: async (_, { agentId, phoneNumber }, { loaders }) => (await loaders.person.load({ agentId, phoneNumber })) ?? null,
  agents: (_, __, { reads }) => answered(reads.agents()),
  agent: async (_, { agentId }, { loaders }) => (await loaders.agent.load(agentId)) ?? null,
  onboardings: async (_, { filter, ...args }, context) => {
    const page = pageOf(args, ONBOARDINGS.scope, context.cursors)
    const slice = await answered(context.reads.onboardings(page, present(filter ?? {})))
    return connectionOf(slice, { listing: ONBOARDINGS, page, filtered: filter != null, cursors: context.cursors })
  },
  freshness: (_, __, context) => freshnessOf(context),
  node: (_, { id }, context) => nodeOf(id, context),
  nodes: (_, { ids }, context) => Promise.all(ids.map((id) => nodeOf(id, context))),
}
