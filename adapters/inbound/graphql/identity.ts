import * as E from 'fp-ts/lib/Either.js'
import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyResult } from 'jose'
import { parseCompanyId, type CompanyId } from '../../../domain/company.ts'
import { issuerKeys, KeysUnavailable, type IssuerAddress } from './issuer-keys.ts'
import { knownIdentities } from './known-identities.ts'
import { refusal } from './refusals.ts'
import { scopes } from './scopes.ts'
import { SHARED_KEY_ALGORITHM } from './token.ts'

/** How a request's company is known (design 3, reliability 4.1). `header` trusts `x-company-id` and is for development only. */
export type Authentication = { readonly mode: 'header' } | TokenAuthentication

export interface TokenAuthentication {
  readonly mode: 'jwt'
  readonly issuer: string
  readonly audience: string
  readonly keys: TokenKeys
  /** Longest time from `iat` to `exp`; absent: any. */
  readonly maxLifetimeSeconds?: number
}

/**
 * A shared key (HS256), or the address of the issuer's public keys (EdDSA, ES256, RS256): never both, so that no public key
 * can pass for a shared one.
 */
export type TokenKeys = { readonly shared: string } | IssuerAddress

export interface Identity {
  readonly companyId: CompanyId
  readonly scopes: ReadonlySet<string>
  /** Whom an audit names; the token's `sub`. */
  readonly subject: string
  /** Only what belongs to these agents may be seen; absent: all of the company. */
  readonly agents?: ReadonlyArray<string>
}

/** By lower-case name; a header that came twice holds both, joined by a comma. */
export type RequestHeaders = Readonly<Record<string, string | undefined>>

/** Whose request it is. Rejects with the refusal that the client gets. */
export type Identify = (headers: RequestHeaders) => Promise<Identity>

const COMPANY_HEADER = 'x-company-id'
const TOLERATED_SECONDS = 60
const MS_PER_SECOND = 1_000
/** Longer ones are not looked at (bad inputs Q30). */
const BEARER = /^Bearer ([\w-]{1,8000}\.[\w-]{1,8000}\.[\w-]{1,8000})$/
const MOST_HEADER_CHARS = 8_192
/** Types of a token that is made to be shown to an API (RFC 7519 section 5.1, RFC 9068); one that says nothing may be one. */
const TOKEN_TYPES = new Set([undefined, 'jwt', 'at+jwt', 'application/at+jwt'])
/** Far more than one person's work; ids as in the events (bad inputs E55). */
const MOST_AGENTS = 200
const MOST_NAME_CHARS = 255
const NAMELESS = 'unknown'

/** One answer for no token, a wrong, an old and a foreign one: nothing is learned from it. */
const unauthenticated = (): Error => refusal('UNAUTHENTICATED', 'A valid token is required.', 401)

const tokenOf = ({ authorization = '' }: RequestHeaders): string => {
  const token = authorization.length > MOST_HEADER_CHARS ? undefined : BEARER.exec(authorization)?.[1]
  if (token === undefined) throw unauthenticated()
  return token
}

const companyOf = (claim: unknown): CompanyId => {
  const company = typeof claim === 'string' ? parseCompanyId(claim) : E.left('invalid_company')
  if (E.isLeft(company)) throw unauthenticated()
  return company.right
}

const isName = (name: unknown): name is string =>
  typeof name === 'string' && name.length > 0 && name.length <= MOST_NAME_CHARS && name.isWellFormed() && !name.includes('\0')

/** A restriction that cannot be read must not pass for none. */
const agentsOf = (claim: unknown): Pick<Identity, 'agents'> => {
  if (claim === undefined) return {}
  if (!Array.isArray(claim) || claim.length > MOST_AGENTS || !claim.every(isName)) throw unauthenticated()
  return { agents: [...new Set(claim)] }
}

/** From when it was issued, which it need not say, or now, until its end. */
const lifetimeOf = ({ exp = Infinity, iat }: JWTPayload): number => {
  const now = Date.now() / MS_PER_SECOND
  return exp - Math.min(iat ?? now, now)
}

const toIdentity = ({ payload, protectedHeader }: JWTVerifyResult, maxLifetimeSeconds = Infinity): Identity => {
  if (!TOKEN_TYPES.has(protectedHeader.typ?.toLowerCase())) throw unauthenticated()
  if (lifetimeOf(payload) > maxLifetimeSeconds + TOLERATED_SECONDS) throw unauthenticated()
  const { company, scope, agents, sub } = payload
  return { companyId: companyOf(company), scopes: new Set(typeof scope === 'string' ? scope.split(' ') : []),
    subject: isName(sub) ? sub : NAMELESS, ...agentsOf(agents) }
}

const keyOf = (keys: TokenKeys): JWTVerifyGetKey => {
  if ('jwksUrl' in keys) return issuerKeys(keys)
  const shared = new TextEncoder().encode(keys.shared)
  return () => shared
}

/** What is not the token's fault stays apart: our outage, or a bug. */
const refusedBy = (cause: unknown): unknown => {
  if (cause instanceof KeysUnavailable) return refusal('UNAVAILABLE', 'Tokens cannot be verified at the moment. Try again.', 503)
  return cause instanceof errors.JOSEError ? unauthenticated() : cause
}

const byToken = ({ issuer, audience, keys, maxLifetimeSeconds }: TokenAuthentication): Identify => {
  const key = keyOf(keys)
  const expected = {
    algorithms: 'jwksUrl' in keys ? ['EdDSA', 'ES256', 'RS256'] : [SHARED_KEY_ALGORITHM],
    issuer, audience, clockTolerance: TOLERATED_SECONDS, requiredClaims: ['exp'],
  }
  const identityOf = knownIdentities(async (token) => {
    const verified = await jwtVerify(token, key, expected).catch((cause: unknown) => { throw refusedBy(cause) })
    const { exp = 0 } = verified.payload
    return { identity: toIdentity(verified, maxLifetimeSeconds), expiresAtMs: (exp + TOLERATED_SECONDS) * MS_PER_SECOND }
  })
  return async (headers) => identityOf(tokenOf(headers))
}

const byHeader: Identify = (headers) =>
  Promise.resolve().then(() => ({ companyId: companyOf(headers[COMPANY_HEADER]), scopes: new Set<string>(scopes), subject: NAMELESS }))

/** Told when a valid token came together with the name of another company: a client's mistake, or somebody trying. */
export type OnConflict = (companyId: CompanyId) => void

export const identification = (authentication: Authentication, onConflict: OnConflict): Identify => {
  if (authentication.mode === 'header') return byHeader
  const identify = byToken(authentication)
  return async (headers) => {
    const identity = await identify(headers)
    const other = headers[COMPANY_HEADER]
    if (other === undefined || other === identity.companyId) return identity
    onConflict(identity.companyId)
    throw refusal('FORBIDDEN', 'The token is for another company than x-company-id names.', 403)
  }
}
