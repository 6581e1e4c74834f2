import { createInlineSigningKeyProvider, createRemoteJwksSigningKeyProvider, useJWT, type JwtPluginOptions } from '@graphql-yoga/plugin-jwt'
import * as E from 'fp-ts/lib/Either.js'
import type { Plugin } from 'graphql-yoga'
import { parseCompanyId, type CompanyId } from '../../../domain/company.ts'
import { refusal } from './refusals.ts'
import { scopes } from './scopes.ts'
import { SHARED_KEY_ALGORITHM } from './token.ts'

/** How a request's company is known (design 3, reliability 4.1). `header` trusts `x-company-id` and is for development only. */
export type Authentication =
  | { readonly mode: 'header' }
  | { readonly mode: 'jwt'; readonly issuer: string; readonly audience: string; readonly keys: TokenKeys }

/**
 * A shared key (HS256), or the address of the issuer's public keys (RS256, ES256): never both, so that no public key can
 * pass for a shared one.
 */
export type TokenKeys = { readonly shared: string } | { readonly jwksUrl: string }

export interface Identity { readonly companyId: CompanyId; readonly scopes: ReadonlySet<string> }

const COMPANY_HEADER = 'x-company-id'
const TOLERATED_SECONDS = 60
/** Longer ones are not looked at (bad inputs Q30). */
const BEARER = /^Bearer ([\w-]{1,8000}\.[\w-]{1,8000}\.[\w-]{1,8000})$/
const MOST_HEADER_CHARS = 8_192

/** One answer for no token, a wrong, an old and a foreign one: nothing is learned from it. */
const unauthenticated = (): Error => refusal('UNAUTHENTICATED', 'A valid token is required.', 401)

type Provider = Extract<JwtPluginOptions, { readonly signingKeyProviders: unknown }>['signingKeyProviders'][number]

/** A key id that the issuer does not know is the token's fault, not an outage: nothing verifies against this key. */
const NO_KEY = 'unknown key id'

const jwksProvider = (jwksUri: string): Provider => {
  const remote = createRemoteJwksSigningKeyProvider({ jwksUri, cache: true, rateLimit: true, timeout: 5_000 })
  return async (kid) => {
    try {
      return await remote(kid)
    } catch (cause) {
      if (cause instanceof Error && cause.name === 'SigningKeyNotFoundError') return NO_KEY
      throw cause
    }
  }
}

type TokenAuthentication = Extract<Authentication, { readonly mode: 'jwt' }>

/** Verifies and never rejects: the plugin's own answers tell apart what ours does not. */
const verification = ({ issuer, audience, keys }: TokenAuthentication): ReturnType<typeof useJWT> => useJWT({
  signingKeyProviders: ['shared' in keys ? createInlineSigningKeyProvider(keys.shared) : jwksProvider(keys.jwksUrl)],
  tokenLookupLocations: [({ request }) => {
    const header = request.headers.get('authorization') ?? ''
    const token = header.length > MOST_HEADER_CHARS ? undefined : BEARER.exec(header)?.[1]
    return token === undefined ? undefined : { token, prefix: 'Bearer' }
  }],
  tokenVerification: {
    algorithms: 'shared' in keys ? [SHARED_KEY_ALGORITHM] : ['RS256', 'ES256'], issuer, audience, clockTolerance: TOLERATED_SECONDS,
  },
  reject: { missingToken: false, invalidToken: false },
})

/** What the plugin still throws is not about the token: the issuer's keys cannot be had. */
const outageApart = (plugin: ReturnType<typeof useJWT>): Plugin => ({
  onYogaInit: (payload) => plugin.onYogaInit?.(payload as never),
  onRequestParse: async (payload) => {
    try {
      await plugin.onRequestParse?.(payload as never)
    } catch {
      throw refusal('UNAVAILABLE', 'Tokens cannot be verified at the moment. Try again.', 503)
    }
  },
})

const companyOf = (claim: unknown): CompanyId => {
  const company = typeof claim === 'string' ? parseCompanyId(claim) : E.left('invalid_company')
  if (E.isLeft(company)) throw unauthenticated()
  return company.right
}

interface Verified { readonly payload?: Readonly<Record<string, unknown>> }

/** A token without an end is refused; without `scope` it opens nothing. */
const fromToken = (verified: Verified | undefined, request: Request): Identity => {
  const { exp, company, scope } = verified?.payload ?? {}
  if (typeof exp !== 'number') throw unauthenticated()
  const companyId = companyOf(company)
  const other = request.headers.get(COMPANY_HEADER)
  if (other !== null && other !== companyId) throw refusal('FORBIDDEN', 'The token is for another company than x-company-id names.', 403)
  return { companyId, scopes: new Set(typeof scope === 'string' ? scope.split(' ') : []) }
}

const fromHeader = (request: Request): Identity =>
  ({ companyId: companyOf(request.headers.get(COMPANY_HEADER)), scopes: new Set<string>(scopes) })

export interface Identification {
  readonly plugins: ReadonlyArray<Plugin>
  /** Of a request that the plugins let through. */
  readonly of: (request: Request) => Identity
}

/** Plugins that refuse a request without identity before its body is read. */
export const identification = (authentication: Authentication): Identification => {
  const identities = new WeakMap<Request, Identity>()
  const identify: Plugin = { onRequestParse: ({ request, serverContext }) => {
    const { jwt } = serverContext as { readonly jwt?: Verified }
    identities.set(request, authentication.mode === 'jwt' ? fromToken(jwt, request) : fromHeader(request))
  } }
  return {
    plugins: authentication.mode === 'jwt' ? [outageApart(verification(authentication)), identify] : [identify],
    of: (request) => {
      const identity = identities.get(request)
      if (identity === undefined) throw unauthenticated()
      return identity
    },
  }
}
