import type { Resolvers } from './generated/resolver-types.ts'
import { toGlobalId } from './global-id.ts'
import { answered } from './refusals.ts'

/** A company has tens; this only bounds the answer. */
const MOST_AGENTS = 1_000

export const agentResolvers = {
  Query: {
    agents: (_, _args, { reads }) => answered(reads.agents.all(MOST_AGENTS)),
    agent: (_, { agentId }, { load }) => load.agent.load(agentId),
  },
  Agent: { id: ({ agentId }) => toGlobalId('Agent', agentId) },
} satisfies Resolvers
