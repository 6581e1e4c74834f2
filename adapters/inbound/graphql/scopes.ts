import { getNamedType, isObjectType, type GraphQLField, type GraphQLSchema } from 'graphql'
import type { Context, Identity } from './context.ts'
import { refusal } from './errors.ts'

export const SCOPES = ['read:chats', 'read:messages', 'read:contacts'] as const
export type Scope = (typeof SCOPES)[number]

/**
 * The one rule table: a field needs the scope of the type it answers with; types that are not listed need no more than a
 * valid token. It guards the resolvers and is what the tests enumerate.
 */
export const scopeOfType: Readonly<Record<string, Scope>> = {
  Chat: 'read:chats', ChatConnection: 'read:chats',
  Message: 'read:messages', MessageConnection: 'read:messages',
  Contact: 'read:contacts', ContactConnection: 'read:contacts', Onboarding: 'read:contacts', OnboardingConnection: 'read:contacts',
}

export const mayRead = ({ scopes }: Identity, type: string): boolean => {
  const scope = scopeOfType[type]
  return scope === undefined || scopes.has(scope)
}

export const parseScopes = (claim: unknown): ReadonlySet<Scope> => {
  const words = typeof claim === 'string' ? claim.split(' ') : []
  return new Set(SCOPES.filter((scope) => words.includes(scope)))
}

const guard = (field: GraphQLField<unknown, Context>, scope: Scope): void => {
  const { resolve } = field
  field.resolve = (parent, args, context, info) => {
    if (!context.identity.scopes.has(scope)) throw refusal('FORBIDDEN', `This field needs the scope ${scope}.`)
    return resolve === undefined ? Reflect.get(Object(parent), field.name) as unknown : resolve(parent, args, context, info)
  }
}

/** Puts the rule table in front of every resolver of the schema. Edges and nodes inside a connection need no second look. */
export const guardFields = (schema: GraphQLSchema): GraphQLSchema => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || /Edge$|Connection$/.test(type.name)) continue
    for (const field of Object.values(type.getFields())) {
      const scope = scopeOfType[getNamedType(field.type).name]
      if (scope !== undefined) guard(field as GraphQLField<unknown, Context>, scope)
    }
  }
  return schema
}
