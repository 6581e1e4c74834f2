import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { GraphQLSchema } from 'graphql'
import { DateTimeResolver } from 'graphql-scalars'
import { createSchema } from 'graphql-yoga'
import { chatResolvers } from './chat-resolvers.ts'
import { companyResolvers } from './company-resolvers.ts'
import { agentResolvers, contactResolvers, onboardingResolvers } from './contact-resolvers.ts'
import type { Context } from './context.ts'
import type { Resolvers } from './generated/resolver-types.ts'
import { messageResolvers } from './message-resolvers.ts'
import { typeOfNode } from './node.ts'
import { chatConnection, contactConnection, onboardingConnection, queryResolvers } from './query-resolvers.ts'
import { guardFields } from './scopes.ts'
import { jsonScalar } from './values.ts'

/** SDL comes first; the build copies it beside the compiled code. */
const SDL = fileURLToPath(new URL('../../../schemas/graphql/', import.meta.url))

export const sdl = (): string =>
  readdirSync(SDL).filter((name) => name.endsWith('.graphql')).sort().map((name) => readFileSync(join(SDL, name), 'utf8')).join('\n')

const resolvers: Resolvers = {
  Query: queryResolvers, Company: companyResolvers, Chat: chatResolvers, Message: messageResolvers, Contact: contactResolvers, Agent: agentResolvers,
  Onboarding: onboardingResolvers, Node: { __resolveType: typeOfNode }, JSON: jsonScalar, DateTime: DateTimeResolver,
  ChatConnection: chatConnection, ContactConnection: contactConnection, OnboardingConnection: onboardingConnection,
  MessageConnection: { totalCount: () => null },
}

/** The schema with the scope rules in front of its resolvers. */
export const graphqlSchema = (): GraphQLSchema => guardFields(createSchema<Context>({ typeDefs: sdl(), resolvers }))
