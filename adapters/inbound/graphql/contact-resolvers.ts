import type { AgentResolvers, ContactResolvers, OnboardingResolvers } from './generated/resolver-types.ts'
import { globalId } from './global-id.ts'
import { toDate } from './values.ts'

export const contactResolvers: ContactResolvers = {
  id: ({ contactId }) => globalId('Contact', contactId),
  tags: ({ tags }) => tags?.split(',') ?? [],
  firstMessageAt: ({ firstMessageAt }) => (firstMessageAt === undefined ? null : toDate(firstMessageAt)),
}

export const agentResolvers: AgentResolvers = { id: ({ agentId }) => globalId('Agent', agentId) }

export const onboardingResolvers: OnboardingResolvers = {
  id: ({ onboardingId }) => globalId('Onboarding', onboardingId),
  at: ({ at }) => toDate(at),
}
