import type { OnboardingConditions } from '../../../application/ports/onboarding-finder.ts'
import { given, toDate, toSeconds } from './conditions.ts'
import { toConnection } from './connection.ts'
import type { OnboardingFilter, Resolvers } from './generated/resolver-types.ts'
import { toGlobalId } from './global-id.ts'
import { pageRequest } from './page.ts'
import { answered } from './refusals.ts'
import { asFound } from './views.ts'

const LIST = 'Query.onboardings by latest message'

const toConditions = (filter: OnboardingFilter | null | undefined): OnboardingConditions => {
  const { from, before, ...rest } = given(filter)
  return {
    ...rest, ...(from === undefined ? {} : { from: toSeconds(from) }), ...(before === undefined ? {} : { before: toSeconds(before) }),
  }
}

export const onboardingResolvers = {
  Query: {
    onboardings: async (_, { filter, ...args }, { reads, cursors }) => {
      const conditions = toConditions(filter)
      const request = pageRequest(args, (cursor) => cursors.decode(LIST, cursor))
      return toConnection(await answered(reads.onboardings.page(request, conditions)), request, {
        viewOf: asFound,
        placeOf: ({ messageAt, onboardingId }) => ({ at: messageAt, id: onboardingId }),
        cursorOf: (place) => cursors.encode(LIST, place),
        total: async () => (Object.keys(conditions).length > 0 ? null : answered(reads.onboardings.count())),
      })
    },
  },
  Onboarding: {
    id: ({ onboardingId }) => toGlobalId('Onboarding', onboardingId),
    agent: ({ agentId }, _, { load }) => load.agent.load(agentId),
    message: ({ messageId }, _, { load }) => load.message.load(messageId),
    messageAt: ({ messageAt }) => toDate(messageAt),
  },
  OnboardingConnection: { totalCount: ({ total }) => total() },
} satisfies Resolvers
