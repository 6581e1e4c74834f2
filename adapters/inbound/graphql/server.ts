import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases'
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth'
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens'
import { NoSchemaIntrospectionCustomRule } from 'graphql'
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { OpenReads, Reads } from '../../../application/ports/finders.ts'
import type { Context, LagAfter } from './context.ts'
import { cursorBox } from './cursor.ts'
import { authenticationPlugins, identityOf, type Authentication, type VerifiedToken } from './identity.ts'
import { loadersOf } from './loaders.ts'
import { graphqlSchema } from './schema.ts'

export interface GraphqlOptions {
  readonly authentication: Authentication
  readonly cursorSecret: string
  readonly production: boolean
  readonly openReads: OpenReads
  readonly lagAfter: LagAfter
  /** A resolver that threw something unexpected; the client sees no word of it. */
  readonly onBug: (cause: unknown) => void
}

/** Bounds of bad inputs Q4–Q8. */
const MOST_DEPTH = 12
const MOST_ALIASES = 30
const MOST_TOKENS = 2_000

const withoutIntrospection: Plugin = { onValidate: ({ addValidationRule }) => { addValidationRule(NoSchemaIntrospectionCustomRule) } }

/** Ends the request's transaction when its answer is made, whatever came of it. */
const closeReads = (open: WeakMap<Request, Reads>): Plugin => ({
  onResponse: async ({ request }) => { await open.get(request)?.close() },
})

type Server = YogaServerInstance<Record<string, never>, Record<string, never>>

const refuseHeaderMode = ({ authentication, production }: GraphqlOptions): void => {
  if (production && authentication.mode === 'header') throw new Error('AUTH_MODE header must not be used in production')
}

/** `/graphql`; GraphiQL and introspection in development only. */
export const graphqlServer = (options: GraphqlOptions): Server => {
  refuseHeaderMode(options)
  const { authentication, cursorSecret, production, openReads, lagAfter, onBug } = options
  const opened = new WeakMap<Request, Reads>()
  const contextOf = (initial: { readonly request: Request; readonly jwt?: VerifiedToken }): Pick<Context, 'identity' | 'reads' | 'loaders' | 'cursors' | 'lagAfter'> => {
    const identity = identityOf(authentication, initial.request, initial)
    const reads = openReads(identity.companyId)
    opened.set(initial.request, reads)
    return { identity, reads, loaders: loadersOf(reads), cursors: cursorBox(cursorSecret, identity.companyId), lagAfter }
  }
  return createYoga({
    schema: graphqlSchema(), context: contextOf, graphiql: !production, landingPage: false, batching: false, cors: false, multipart: false,
    maskedErrors: { isDev: false },
    logging: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: (cause: unknown) => { onBug(cause) } },
    plugins: [
      ...authenticationPlugins(authentication),
      maxTokensPlugin({ n: MOST_TOKENS }), maxDepthPlugin({ n: MOST_DEPTH, ignoreIntrospection: true }), maxAliasesPlugin({ n: MOST_ALIASES }),
      ...(production ? [withoutIntrospection] : []), closeReads(opened),
    ],
  }) as unknown as Server
}
