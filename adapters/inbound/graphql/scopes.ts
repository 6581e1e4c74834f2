import type { GraphQLFieldResolver } from 'graphql'
import { refusal } from './refusals.ts'
import type { RequestContext } from './context.ts'

export const scopes = ['read:chats', 'read:messages', 'read:contacts'] as const
export type Scope = (typeof scopes)[number]

/** `any`: every valid token of the company will do. */
export const fieldScopes: Readonly<Record<string, Scope | 'any'>> = {
  'Query.company': 'read:chats',
  'Query.chats': 'read:chats',
  'Query.chat': 'read:chats',
  'Query.message': 'read:messages',
  'Query.contacts': 'read:contacts',
  'Query.contact': 'read:contacts',
  'Query.agents': 'read:chats',
  'Query.agent': 'read:chats',
  'Query.onboardings': 'read:contacts',
  'Query.freshness': 'any',
  'Query.node': 'any',
  'Query.nodes': 'any',
  'Chat.lastMessage': 'read:messages',
  'Chat.snapshot': 'read:messages',
  'Chat.messages': 'read:messages',
  'Chat.contact': 'read:contacts',
  'Message.chat': 'read:chats',
  'Contact.chat': 'read:chats',
  'Contact.firstMessage': 'read:messages',
  'Onboarding.agent': 'read:chats',
  'Onboarding.message': 'read:messages',
}

/** Throws `FORBIDDEN`. */
export const requireScope = (context: RequestContext, scope: Scope | 'any'): void => {
  if (scope !== 'any' && !context.scopes.has(scope)) throw refusal('FORBIDDEN', `The token lacks the scope ${scope}.`)
}

type Resolver = GraphQLFieldResolver<unknown, RequestContext>
type ResolverMap = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Puts each rule of the table in front of its resolver; a rule without a resolver is a bug. */
export const guarded = (resolvers: ResolverMap): ResolverMap => {
  const copies = Object.entries(resolvers).map(([type, fields]) => [type, { ...fields }] as const)
  const result: Record<string, Record<string, unknown>> = Object.fromEntries(copies)
  for (const [rule, scope] of Object.entries(fieldScopes)) {
    const [type = '', field = ''] = rule.split('.')
    const resolve = resolvers[type]?.[field] as Resolver | undefined
    const fields = result[type]
    if (resolve === undefined || fields === undefined) throw new TypeError(`no resolver for ${rule}`)
    fields[field] = ((parent, args, context, info) => {
      requireScope(context, scope)
      return resolve(parent, args, context, info)
    }) satisfies Resolver
  }
  return result
}
