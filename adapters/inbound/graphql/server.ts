import * as E from 'fp-ts/lib/Either.js'
import { NoSchemaIntrospectionCustomRule, type GraphQLError } from 'graphql'
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { CompanyStanding } from '../../../application/ports/company-standing.ts'
import type { OpenOperations } from '../../../application/operations.ts'
import type { OpenReads } from '../../../application/ports/finders.ts'
import type { Tracing } from '../../../application/ports/tracing.ts'
import { refusedAnswer, type Answer, type ApiAnswer, type ApiRequest, type Refused } from '../http/answer.ts'
import { companyBudget, type Budget, type Share } from './budget.ts'
import type { LagAfter, RequestContext } from './context.ts'
import { cursorsOf } from './cursor.ts'
import { codedErrors, maskedBy, type OnBug, type OnError } from './errors.ts'
import { checkedExecution } from './execution.ts'
import { identification, type Authentication, type Identity, type OnConflict } from './identity.ts'
import { remembering, unprocessedOf } from './lag.ts'
import { limits } from './limits.ts'
import { loadersOf } from './loaders.ts'
import { knownParameters } from './parameters.ts'
import { persistedOperations, type PersistedOperations } from './persisted-operations.ts'
import { makeSchema } from './schema.ts'
import { suspensionCheck } from './suspension.ts'

export interface GraphqlOptions {
  readonly authentication: Authentication
  /** Signs page cursors; at least 32 bytes. */
  readonly cursorSecret: string
  /** No introspection but for operators, no GraphiQL, no suggestions, no `header` authentication. */
  readonly production: boolean
  readonly openReads: OpenReads
  readonly openOperations: OpenOperations
  readonly standing: CompanyStanding
  /** Of each company, of this process. */
  readonly share: Share
  readonly persisted: PersistedOperations
  readonly lagAfter: LagAfter
  readonly tracing: Tracing
  readonly onBug: OnBug
  readonly onError: OnError
  readonly onConflict: OnConflict
}

/** What yoga is given with each request. */
interface Asked { readonly identity: Identity }

type Yoga = YogaServerInstance<Asked, RequestContext>

const withoutIntrospection: Plugin = { onValidate: ({ addValidationRule, context }) => {
  if (!(context as unknown as Asked).identity.scopes.has('operator')) addValidationRule(NoSchemaIntrospectionCustomRule)
} }

type ContextOf = (asked: Asked & { readonly request: Request }) => RequestContext

const contextOf = (options: GraphqlOptions, budget: Budget): ContextOf => ({ identity, request }) => {
  const { openReads, openOperations, cursorSecret, lagAfter } = options
  const { companyId, agents } = identity
  const reads = openReads(companyId, { ...(agents === undefined ? {} : { agents }), signal: request.signal })
  const operations = openOperations(companyId)
  return { ...identity, reads, operations, load: loadersOf(reads, operations), cursors: cursorsOf(cursorSecret, companyId),
    lagAfter: remembering(lagAfter), unprocessed: unprocessedOf(options.standing, companyId),
    spend: (rows: number) => { budget.spend(companyId, rows) } }
}

/**
 * Bodies come here as text that the HTTP server has read no further than its own limit (read-body.ts): yoga need not pipe each through a
 * counter (measured, ADR 0022).
 */
const READ_ALREADY = { maxRequestBodySize: false } as const

const yogaOf = (options: GraphqlOptions, budget: Budget): Yoga => {
  const { production, persisted, onBug, onError } = options
  return createYoga<Asked, RequestContext>({
    schema: makeSchema(), graphqlEndpoint: '/graphql', logging: false, cors: false, multipart: false, landingPage: false,
    ...READ_ALREADY,
    graphiql: production ? false : { title: 'Daisi' }, maskedErrors: { maskError: maskedBy(onBug) },
    context: contextOf(options, budget),
    plugins: [
      knownParameters, ...persistedOperations(persisted), ...limits, ...(production ? [withoutIntrospection] : []),
      checkedExecution(options.tracing), codedErrors(production, onError),
    ],
  })
}

const ENDPOINT = 'http://api/graphql'
const NO_PAGES: Refused = { status: 406, code: 'BAD_REQUEST', message: 'There are no pages here.' }
const NOBODY_WAITS: ApiAnswer = { status: 499, headers: {}, body: '' }

const wantsPage = ({ method, headers: { accept = '' } }: ApiRequest): boolean => method === 'GET' && accept.includes('text/html')

const toAnswer = async (response: Response): Promise<ApiAnswer> =>
  ({ status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() })

const toRefused = ({ message, extensions: { code, http } }: GraphQLError): Refused =>
  ({ status: 500, code: String(code), message, ...http as Partial<Refused> })

/** The page of GraphiQL needs no identity; what it asks then does. */
const page = async (yoga: Yoga, production: boolean): Promise<ApiAnswer> =>
  (production ? refusedAnswer(NO_PAGES) : toAnswer(await yoga.fetch(ENDPOINT, { headers: { accept: 'text/html' } })))

const ask = async (yoga: Yoga, identity: Identity, { method, query, headers, body, signal }: ApiRequest): Promise<ApiAnswer> => {
  const text = method === 'POST' ? await body() : E.right(undefined)
  if (E.isLeft(text)) return refusedAnswer(text.left)
  const sent = { accept: headers['accept'] ?? '*/*', 'content-type': 'application/json' }
  const init = { method, signal, headers: sent, ...(text.right === undefined ? {} : { body: text.right }) }
  return toAnswer(await yoga.fetch(`${ENDPOINT}?${query}`, init, { identity }))
}

/**
 * The read API. In this order, so that each step costs only those who passed the one before: who asks, whether the company is
 * suspended, whether it has its share left, the body, the query's limits and cost, its execution.
 */
export const graphqlServer = (options: GraphqlOptions): Answer => {
  const { authentication, production, standing, share, onBug, onError, onConflict } = options
  if (production && authentication.mode === 'header') throw new Error('AUTH_MODE=header is for development only')
  const [identify, refuseSuspended, budget] = [identification(authentication, onConflict), suspensionCheck(standing), companyBudget(share)]
  const [yoga, masked] = [yogaOf(options, budget), maskedBy(onBug)]
  return async (request) => {
    try {
      if (wantsPage(request)) return await page(yoga, production)
      const identity = await identify(request.headers)
      await refuseSuspended(identity.companyId)
      return await budget.within(identity.companyId, () => ask(yoga, identity, request))
    } catch (cause) {
      if (request.signal.aborted) return NOBODY_WAITS
      const refused = toRefused(masked(cause))
      onError(refused.code)
      return refusedAnswer(refused)
    }
  }
}
