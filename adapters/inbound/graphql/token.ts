import { SignJWT } from 'jose'

export interface TokenClaims {
  /** Shared key, at least 32 bytes; development only. */
  readonly key: string
  readonly issuer: string
  readonly audience: string
  readonly company: string
  /** Space separated. */
  readonly scope: string
  readonly subject: string
  readonly expiresInSeconds: number
}

/** A development token; in production an issuer of its own signs, and this service only verifies. */
export const mintToken = ({ key, issuer, audience, company, scope, subject, expiresInSeconds }: TokenClaims): Promise<string> =>
  new SignJWT({ company, scope }).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).setIssuer(issuer).setAudience(audience).setSubject(subject)
    .setIssuedAt().setExpirationTime(`${expiresInSeconds} s`).sign(new TextEncoder().encode(key))
