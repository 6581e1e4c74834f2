import { SignJWT } from 'jose'
import type { CompanyId } from '../../../domain/company.ts'

/** Shared keys are for development; production verifies against a JWKS. */
export const SHARED_KEY_ALGORITHM = 'HS256'

export interface TokenOptions {
  /** The shared key. */
  readonly key: string
  readonly issuer: string
  readonly audience: string
  readonly company: CompanyId
  /** Space separated (RFC 8693, section 4.2). */
  readonly scope: string
  readonly subject: string
  readonly expiresInSeconds: number
  /** Restricts the token to what belongs to these agents. */
  readonly agents?: ReadonlyArray<string>
}

/** A token that the API accepts: the one that `daisi token` prints. */
export const mintToken = ({ key, issuer, audience, subject, expiresInSeconds, ...claims }: TokenOptions): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: SHARED_KEY_ALGORITHM, typ: 'JWT' }).setIssuer(issuer).setAudience(audience)
    .setSubject(subject).setIssuedAt().setExpirationTime(`${expiresInSeconds}s`).sign(new TextEncoder().encode(key))
