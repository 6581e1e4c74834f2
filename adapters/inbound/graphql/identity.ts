import { createInlineSigningKeyProvider, createRemoteJwksSigningKeyProvider, extractFromHeader, useJWT } from '@graphql-yoga/plugin-jwt'
import * as E from 'fp-ts/lib/Either.js'
import type { Plugin } from 'graphql-yoga'
import { parseCompanyId } from '../../../domain/company.ts'
import type { Identity } from './context.ts'
import { refusal } from './errors.ts'
import { parseScopes, SCOPES } from './scopes.ts'

/** How a query's company is known (design 3). */
export type Authentication =
  | { readonly mode: 'jwt'; readonly keys: { readonly shared: string } | { readonly jwksUrl: string }; readonly issuer: string; readonly audience: string }
  /** Header `x-company-id`, all scopes: for development without tokens. */
  | { readonly mode: 'header' }

/** EdDSA is left out: the verifying library does not know it. Asymmetric only where the key is somebody else's: a public key must not pass as a shared one (bad inputs Q30). */
const ASYMMETRIC: ('ES256' | 'RS256')[] = ['ES256', 'RS256']
const CLOCK_TOLERANCE_SECONDS = 60

/** One message for everything that is wrong with a credential. */
export const unauthenticated = () => refusal('UNAUTHENTICATED', 'Unauthenticated', 401)

/** Verifies the token before anything of the request is looked at. */
export const authenticationPlugins = (authentication: Authentication): Plugin[] => {
  if (authentication.mode === 'header') return []
  const { keys, issuer, audience } = authentication
  const shared = 'shared' in keys
  return [useJWT({
    signingKeyProviders: [shared ? createInlineSigningKeyProvider(keys.shared) : createRemoteJwksSigningKeyProvider({ jwksUri: keys.jwksUrl })],
    tokenLookupLocations: [extractFromHeader({ name: 'authorization', prefix: 'Bearer' })],
    tokenVerification: { issuer, audience, algorithms: shared ? ['HS256'] : ASYMMETRIC, clockTolerance: CLOCK_TOLERANCE_SECONDS },
    reject: { missingToken: true, invalidToken: true }, extendContext: 'jwt',
  }) as Plugin]
}

export interface VerifiedToken { readonly payload?: { readonly company?: unknown; readonly scope?: unknown } }

/** Company and scopes of a verified token (or, in development, of the header). Throws 401 where there is no valid company. */
export const identityOf = ({ mode }: Authentication, request: Request, context: { readonly jwt?: VerifiedToken }): Identity => {
  const claim = mode === 'header' ? request.headers.get('x-company-id') : context.jwt?.payload?.company
  const companyId = parseCompanyId(typeof claim === 'string' ? claim : '')
  if (E.isLeft(companyId)) throw unauthenticated()
  return { companyId: companyId.right, scopes: mode === 'header' ? new Set(SCOPES) : parseScopes(context.jwt?.payload?.scope) }
}
