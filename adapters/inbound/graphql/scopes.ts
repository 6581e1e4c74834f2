import { defaultFieldResolver, getNamedType, isCompositeType, isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql'
import type { RequestContext } from './context.ts'
import { refusal } from './refusals.ts'

/** `ops`: failed events of the company. `operator`: introspection in production. */
export const scopes = ['read:chats', 'read:messages', 'read:contacts', 'ops', 'operator'] as const
export type Scope = (typeof scopes)[number]

export interface Rule {
  /** `any`: every valid token of the company will do. */
  readonly scope: Scope | 'any'
  /** It speaks of the company as a whole, so a token that is restricted to some agents gets `FORBIDDEN`. */
  readonly whole?: true
}

/** Failed events speak of the whole company. */
const OPERATORS = { scope: 'ops', whole: true } as const satisfies Rule

/**
 * THE table of who may read what, `Type.field` by `Type.field` (reliability 4.1): guards, documentation (ops/docs/graphql-rules.md)
 * and tests are made from it. Every field of a root type and every field that leads to another object has a rule; a schema with one that
 * has none is refused at start. Fields without a rule are as open as the object they are on.
 */
export const rules = {
  'Query.company': { scope: 'read:chats' },
  'Query.chats': { scope: 'read:chats' },
  'Query.chat': { scope: 'read:chats' },
  'Query.message': { scope: 'read:messages' },
  'Query.contacts': { scope: 'read:contacts' },
  'Query.contact': { scope: 'read:contacts' },
  'Query.agents': { scope: 'read:chats' },
  'Query.agent': { scope: 'read:chats' },
  'Query.onboardings': { scope: 'read:contacts' },
  'Query.freshness': { scope: 'any' },
  'Query.failedEvents': OPERATORS,
  'Query.failedEvent': OPERATORS,
  'Query.failedEventGroups': OPERATORS,
  'Query.replayJobs': OPERATORS,
  'Query.replayJob': OPERATORS,
  'Query.node': { scope: 'any' },
  'Query.nodes': { scope: 'any' },
  'Company.chatCount': { scope: 'any', whole: true },
  'Company.messageCount': { scope: 'any', whole: true },
  'Company.unreadCount': { scope: 'any', whole: true },
  'Company.lag': OPERATORS,
  'CompanyLag.unprocessed': OPERATORS,
  'Chat.lastMessage': { scope: 'read:messages' },
  'Chat.snapshot': { scope: 'read:messages' },
  'Chat.messages': { scope: 'read:messages' },
  'Chat.contact': { scope: 'read:contacts' },
  'Message.chat': { scope: 'read:chats' },
  'Contact.chat': { scope: 'read:chats' },
  'Contact.firstMessage': { scope: 'read:messages' },
  'Onboarding.agent': { scope: 'read:chats' },
  'Onboarding.message': { scope: 'read:messages' },
  'FailedEvent.attempts': OPERATORS,
  'FailedEvent.body': { scope: 'read:messages', whole: true },
  'FailedEvent.bodyBase64': { scope: 'read:messages', whole: true },
  'FailedEvent.editedBody': { scope: 'read:messages', whole: true },
  'FailedEventGroup.example': OPERATORS,
  'ReplayJob.counts': OPERATORS,
  'ReplayJob.items': OPERATORS,
  'ReplayItem.failedEvent': OPERATORS,
  'ReplayItem.changes': OPERATORS,
  'Mutation.editFailedEvent': OPERATORS,
  'Mutation.discardFailedEvents': OPERATORS,
  'Mutation.replayFailedEvents': OPERATORS,
  'Mutation.abortReplayJob': OPERATORS,
} as const satisfies Readonly<Record<string, Rule>>

export type RuledField = keyof typeof rules

/** Throws `FORBIDDEN`. */
const obey = (context: RequestContext, { scope, whole }: Rule): void => {
  if (scope !== 'any' && !context.scopes.has(scope)) throw refusal('FORBIDDEN', `The token lacks the scope ${scope}.`)
  if (whole === true && context.agents !== undefined)
    throw refusal('FORBIDDEN', 'The token is restricted to some agents; this is about the whole company.')
}

/** What the guard of a field does, for who reads the same by another way. Throws `FORBIDDEN`. */
export const requireAccess = (context: RequestContext, field: RuledField): void => { obey(context, rules[field]) }

/** Parts of a page follow the field that the page is of. */
const PART_OF_A_PAGE = /Connection$|Edge$|^__/

const isRoot = (schema: GraphQLSchema, type: GraphQLObjectType): boolean =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type)

const objectTypes = (schema: GraphQLSchema): ReadonlyArray<GraphQLObjectType> =>
  Object.values(schema.getTypeMap()).filter(isObjectType).filter(({ name }) => !PART_OF_A_PAGE.test(name))

/** `Type.field` of all that must have a rule. */
export const ruledFields = (schema: GraphQLSchema): ReadonlyArray<string> => objectTypes(schema).flatMap((type) =>
  Object.values(type.getFields()).filter((field) => isRoot(schema, type) || isCompositeType(getNamedType(field.type)))
    .map((field) => `${type.name}.${field.name}`))

const guard = (schema: GraphQLSchema, name: string, rule: Rule): void => {
  const [typeName = '', fieldName = ''] = name.split('.')
  const type = schema.getType(typeName)
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined
  if (field === undefined) throw new TypeError(`a rule for ${name}, which the schema does not have`)
  const resolve = field.resolve ?? defaultFieldResolver
  field.resolve = (parent, args, context: RequestContext, info) => {
    obey(context, rule)
    return resolve(parent, args, context, info)
  }
}

/** Puts each rule in front of its field, in place. Throws when a rule or a field has no counterpart. */
export const guardFields = (schema: GraphQLSchema): GraphQLSchema => {
  const open = ruledFields(schema).filter((name) => !Object.hasOwn(rules, name))
  if (open.length > 0) throw new TypeError(`fields without a rule in scopes.ts: ${open.join(', ')}`)
  for (const [name, rule] of Object.entries(rules)) guard(schema, name, rule)
  return schema
}
