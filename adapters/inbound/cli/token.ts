import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { parseCompanyId } from '../../../domain/company.ts'
import { scopes } from '../graphql/scopes.ts'
import { mintToken } from '../graphql/token.ts'
import { developmentSecrets } from '../../main/development-secrets.ts'
import { usesOf } from '../../main/uses.ts'
import { settingsOrExit } from './read-settings.ts'

/** A development token need not outlive a day. */
const MOST_MINUTES = 1_440

interface TokenOptions { readonly scope: string; readonly minutes: string; readonly subject: string; readonly agents?: string }

/** `daisi token <company>`: a development token, signed with the shared key; production has an issuer of its own. */
export const tokenCommand = (): Command => new Command('token')
  .description('mint a development token for a company')
  .argument('<company>', 'company id, as in the subjects')
  .option('--scope <scopes>', 'space separated scopes', scopes.join(' '))
  .option('--agents <ids>', 'comma list; restricts the token to what belongs to these agents')
  .option('--minutes <n>', 'valid for this long', '60')
  .option('--subject <sub>', 'claim sub', 'developer')
  .action(async (company: string, { scope, minutes, subject, agents }: TokenOptions, command: Command) => {
    const settings = settingsOrExit(usesOf.token)
    const companyId = parseCompanyId(company)
    const lifetime = Number(minutes)
    if (settings.production) command.error('tokens are minted for development only; in production the issuer of JWT_JWKS_URL does')
    if (E.isLeft(companyId)) return command.error('a company id has 1 to 48 letters, digits, _ or -')
    if (!(Number.isInteger(lifetime) && lifetime >= 1 && lifetime <= MOST_MINUTES))
      return command.error(`--minutes must be a whole number from 1 to ${MOST_MINUTES}`)
    const { jwtKey } = developmentSecrets(settings)
    process.stdout.write(`${await mintToken({ key: jwtKey, issuer: settings.jwtIssuer, audience: settings.jwtAudience,
      company: companyId.right, scope, subject, expiresInSeconds: lifetime * 60,
      ...(agents === undefined ? {} : { agents: agents.split(',') }) })}\n`)
  })
