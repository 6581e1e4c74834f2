import { mintToken, type TokenOptions } from '../../adapters/inbound/graphql/token.ts'
import type { CompanyId } from '../../domain/company.ts'

export const tokenIssuer = { key: 'a key for tests that is long enough, 32 bytes', issuer: 'daisi', audience: 'daisi-wa-events' }

/** A valid token of company `acme` for everything; `more` makes it another. */
export const aToken = (more: Partial<TokenOptions> = {}): Promise<string> => mintToken({
  ...tokenIssuer, company: 'acme' as CompanyId, scope: 'read:chats read:messages read:contacts', subject: 'test',
  expiresInSeconds: 600, ...more,
})
