import type { GraphQLSchema } from 'graphql'
import { DateTimeResolver } from 'graphql-scalars'
import { createSchema } from 'graphql-yoga'
import { agentResolvers } from './agent-resolvers.ts'
import { chatResolvers } from './chat-resolvers.ts'
import { companyResolvers } from './company-resolvers.ts'
import { contactResolvers } from './contact-resolvers.ts'
import type { RequestContext } from './context.ts'
import { jsonScalar } from './json-scalar.ts'
import { messageResolvers } from './message-resolvers.ts'
import { nodeResolvers } from './node-resolvers.ts'
import { onboardingResolvers } from './onboarding-resolvers.ts'
import { failedEventResolvers } from './failed-event-resolvers.ts'
import { operatorResolvers } from './operator-resolvers.ts'
import { replayResolvers } from './replay-resolvers.ts'
import { guardFields } from './scopes.ts'
import { readTypeDefinitions } from './type-definitions.ts'

const { Query: chats, ...chatTypes } = chatResolvers
const { Query: messages, ...messageTypes } = messageResolvers
const { Query: contacts, ...contactTypes } = contactResolvers
const { Query: agents, ...agentTypes } = agentResolvers
const { Query: onboardings, ...onboardingTypes } = onboardingResolvers
const { Query: company, ...companyTypes } = companyResolvers
const { Query: failedEvents, ...failedEventTypes } = failedEventResolvers
const { Query: replayJobs, ...replayTypes } = replayResolvers
const { Query: nodes, ...nodeInterface } = nodeResolvers

const resolvers = {
  Query: { ...chats, ...messages, ...contacts, ...agents, ...onboardings, ...company, ...failedEvents, ...replayJobs, ...nodes },
  ...failedEventTypes, ...replayTypes, ...operatorResolvers,
  ...chatTypes, ...messageTypes, ...contactTypes, ...agentTypes, ...onboardingTypes, ...companyTypes,
}

/** The SDL files with their resolvers, each field behind its rule. */
export const makeSchema = (): GraphQLSchema => guardFields(createSchema<RequestContext>({
  typeDefs: [...readTypeDefinitions()],
  resolvers: { ...resolvers, ...nodeInterface, DateTime: DateTimeResolver, JSON: jsonScalar } as never,
  resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
}))
