import type { FoundChat } from '../../../application/ports/chat-finder.ts'
import type { FoundContact } from '../../../application/ports/contact-finder.ts'
import type { FoundOnboarding, OnboardingConditions } from '../../../application/ports/onboarding-finder.ts'
import { freshnessOf, totalsOf } from './company-resolvers.ts'
import { answered, refusal } from './errors.ts'
import type { ChatConnectionResolvers, ContactConnectionResolvers, OnboardingConnectionResolvers, OnboardingFilter, QueryResolvers } from './generated/resolver-types.ts'
import { nodeOf } from './node.ts'
import { connectionOf, pageOf, type Listing } from './page.ts'
import { present } from './present.ts'
import { toSeconds } from './values.ts'

const CHATS: Listing<FoundChat> = { scope: 'Query.chats', placeOf: ({ lastActivityAt, chatId }) => ({ at: lastActivityAt, id: chatId }) }
const CONTACTS: Listing<FoundContact> = { scope: 'Query.contacts', placeOf: ({ firstMessageAt, contactId }) => ({ at: firstMessageAt ?? 0, id: contactId }) }
const ONBOARDINGS: Listing<FoundOnboarding> = { scope: 'Query.onboardings', placeOf: ({ messageAt, onboardingId }) => ({ at: messageAt, id: onboardingId }) }

/** A company has few devices. */
const MOST_AGENTS = 1_000
const MOST_NODES = 100

const conditionsOf = (filter: OnboardingFilter): OnboardingConditions => {
  const { from, before, ...rest } = present(filter)
  return { ...rest, ...(from === undefined ? {} : { from: toSeconds(from) }), ...(before === undefined ? {} : { before: toSeconds(before) }) }
}

/** Counted only when asked for, and without a filter. */
export const chatConnection: ChatConnectionResolvers = { totalCount: async ({ filtered }, _, context) => (filtered ? null : (await totalsOf(context)).chats) }
export const contactConnection: ContactConnectionResolvers = { totalCount: async ({ filtered }, _, context) => (filtered ? null : await answered(context.reads.contacts.count())) }
export const onboardingConnection: OnboardingConnectionResolvers = { totalCount: async ({ filtered }, _, context) =>
  (filtered ? null : await answered(context.reads.onboardings.count())) }

export const queryResolvers: QueryResolvers = {
  company: (_, __, { identity: { companyId } }) => ({ companyId }),
  chats: async (_, { filter, ...args }, context) => {
    const page = pageOf(args, CHATS.scope, context.cursors)
    const slice = await answered(context.reads.chats.page(page, present(filter ?? {})))
    for (const chat of slice.rows) context.loaders.chat.prime(chat.chatId, chat)
    return connectionOf(slice, { listing: CHATS, page, filtered: filter != null, cursors: context.cursors })
  },
  chat: async (_, { chatId }, { loaders }) => (await loaders.chat.load(chatId)) ?? null,
  message: async (_, { messageId }, { loaders }) => (await loaders.message.load(messageId)) ?? null,
  contacts: async (_, { filter, ...args }, context) => {
    const page = pageOf(args, CONTACTS.scope, context.cursors)
    const slice = await answered(context.reads.contacts.page(page, present(filter ?? {})))
    return connectionOf(slice, { listing: CONTACTS, page, filtered: filter != null, cursors: context.cursors })
  },
  contact: async (_, { agentId, phoneNumber }, { loaders }) => (await loaders.person.load({ agentId, phoneNumber })) ?? null,
  agents: (_, __, { reads }) => answered(reads.agents.all(MOST_AGENTS)),
  agent: async (_, { agentId }, { loaders }) => (await loaders.agent.load(agentId)) ?? null,
  onboardings: async (_, { filter, ...args }, context) => {
    const page = pageOf(args, ONBOARDINGS.scope, context.cursors)
    const slice = await answered(context.reads.onboardings.page(page, conditionsOf(filter ?? {})))
    return connectionOf(slice, { listing: ONBOARDINGS, page, filtered: filter != null, cursors: context.cursors })
  },
  freshness: (_, __, context) => freshnessOf(context),
  node: (_, { id }, context) => nodeOf(id, context),
  nodes: async (_, { ids }, context) => {
    if (ids.length > MOST_NODES) throw refusal('BAD_USER_INPUT', `At most ${MOST_NODES} ids at once.`)
    return Promise.all(ids.map((id) => nodeOf(id, context)))
  },
}
