import type { AgentResolvers, ContactResolvers, OnboardingResolvers } from './generated/resolver-types.ts'
import { globalId } from './global-id.ts'
import { toDate } from './values.ts'

export const contactResolvers: ContactResolvers = {
  id: ({ contactId }) => globalId('Contact', contactId),
  tags: ({ tags }) => tags?.split(',') ?? [],
  chat: async ({ chatId }, _, { loaders }) => (chatId === undefined ? null : (await loaders.chat.load(chatId)) ?? null),
  firstMessage: async ({ firstMessageId }, _, { loaders }) => (firstMessageId === undefined ? null : (await loaders.message.load(firstMessageId)) ?? null),
  firstMessageAt: ({ firstMessageAt }) => (firstMessageAt === undefined ? null : toDate(firstMessageAt)),
}

export const agentResolvers: AgentResolvers = { id: ({ agentId }) => globalId('Agent', agentId) }

export const onboardingResolvers: OnboardingResolvers = {
  id: ({ onboardingId }) => globalId('Onboarding', onboardingId),
  agent: async ({ agentId }, _, { loaders }) => (await loaders.agent.load(agentId)) ?? null,
  message: async ({ messageId }, _, { loaders }) => (await loaders.message.load(messageId)) ?? null,
  messageAt: ({ messageAt }) => toDate(messageAt),
}
