import type { RequestContext } from './context.ts'
import type { FoundNode } from './found-node.ts'
import type { Resolvers } from './generated/resolver-types.ts'
import { parseGlobalId, type NodeType } from './global-id.ts'
import { refusal } from './refusals.ts'
import { requireAccess, type RuledField } from './scopes.ts'

const MOST_NODES = 100

/** The field whose rule a node of the type falls under. */
const FIELD: { readonly [Type in NodeType]: RuledField } = {
  Chat: 'Query.chat', Message: 'Query.message', Contact: 'Query.contact', Agent: 'Query.agent', Onboarding: 'Query.onboardings',
  FailedEvent: 'Query.failedEvent', ReplayJob: 'Query.replayJob',
}

type Named<Type, View> = View & { readonly __typename: Type }

const named = <Type extends NodeType, View extends object>(type: Type, view: View | null | undefined): Named<Type, View> | null =>
  (view === null || view === undefined ? null : { ...view, __typename: type })

const load = async (type: NodeType, key: string, { load: loaders }: RequestContext): Promise<FoundNode | null> => {
  switch (type) {
    case 'Chat': return named(type, await loaders.chat.load(key))
    case 'Message': return named(type, await loaders.message.load(key))
    case 'Contact': return named(type, await loaders.contact.load(key))
    case 'Agent': return named(type, await loaders.agent.load(key))
    case 'Onboarding': return named(type, await loaders.onboarding.load(key))
    case 'FailedEvent': return named(type, await loaders.failedEvent.load(key))
    case 'ReplayJob': return named(type, await loaders.replayJob.load(key))
  }
}

const nodeOf = async (id: string, context: RequestContext): Promise<FoundNode | null> => {
  const globalId = parseGlobalId(id)
  if (globalId === undefined) return null
  requireAccess(context, FIELD[globalId.type])
  return load(globalId.type, globalId.key, context)
}

export const nodeResolvers = {
  Query: {
    node: (_, { id }, context) => nodeOf(id, context),
    nodes: (_, { ids }, context) => {
      if (ids.length > MOST_NODES) throw refusal('BAD_USER_INPUT', `At most ${MOST_NODES} ids at once.`)
      return Promise.all(ids.map((id) => nodeOf(id, context)))
    },
  },
  Node: { __resolveType: ({ __typename }) => __typename },
} satisfies Resolvers
