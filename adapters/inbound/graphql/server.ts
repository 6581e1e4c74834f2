import { NoSchemaIntrospectionCustomRule } from 'graphql'
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { OpenReads } from '../../../application/ports/finders.ts'
import type { LagAfter, RequestContext } from './context.ts'
import { bodyLimit } from './body-limit.ts'
import { cursorsOf } from './cursor.ts'
import { codedErrors, maskedBy, type OnBug } from './errors.ts'
import { checkedExecution } from './execution.ts'
import { identification, type Authentication } from './identity.ts'
import { limits } from './limits.ts'
import { loadersOf } from './loaders.ts'
import { makeSchema } from './schema.ts'

export interface GraphqlOptions {
  readonly authentication: Authentication
  /** Signs page cursors; at least 32 bytes. */
  readonly cursorSecret: string
  /** No introspection, no GraphiQL, no suggestions, no `header` authentication. */
  readonly production: boolean
  readonly openReads: OpenReads
  readonly lagAfter: LagAfter
  readonly onBug: OnBug
}

const withoutIntrospection: Plugin = { onValidate: ({ addValidationRule }) => { addValidationRule(NoSchemaIntrospectionCustomRule) } }

export type GraphqlServer = YogaServerInstance<object, RequestContext>

/**
 * The read API: a listener for node:http, and `fetch` for tests without sockets. Cross-origin pages get no answer they may
 * read, and the identity is never in a cookie (bad inputs Q29).
 */
export const graphqlServer = ({ authentication, cursorSecret, production, openReads, lagAfter, onBug }: GraphqlOptions): GraphqlServer => {
  if (production && authentication.mode === 'header') throw new Error('AUTH_MODE=header is for development only')
  const identity = identification(authentication)
  return createYoga<object, RequestContext>({
    schema: makeSchema(), graphqlEndpoint: '/graphql', logging: false, cors: false, multipart: false, landingPage: false,
    graphiql: production ? false : { title: 'Daisi' }, maskedErrors: { maskError: maskedBy(onBug) },
    context: ({ request }) => {
      const { companyId, scopes } = identity.of(request)
      const reads = openReads(companyId)
      return { companyId, scopes, reads, load: loadersOf(reads), cursors: cursorsOf(cursorSecret, companyId), lagAfter }
    },
    plugins: [
      bodyLimit, ...identity.plugins, ...limits, ...(production ? [withoutIntrospection] : []), checkedExecution(), codedErrors(production),
    ],
  })
}
