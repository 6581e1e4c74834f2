import { InvalidArgumentError, type Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import type { ChangeCompany } from '../../../../application/commands/change-company.ts'
import type { RateLimit } from '../../../../application/ports/companies.ts'
import { parseCompanyId, type CompanyId } from '../../../../domain/company.ts'
import { jsonOption, operatorCommand } from '../dlq/command.ts'
import { actorOf, asked, inSession } from '../dlq/session.ts'
import { companyTable } from './table.ts'

const EXIT_CODES = `
Exit codes: 0 done; 1 refused or not found; 2 wrong usage. Ingest follows a change within 10 s.`

export const companyCommand = (name: string, description: string): Command => operatorCommand(name, description, EXIT_CODES)

export const toCompanyId = (text: string): CompanyId => {
  const companyId = parseCompanyId(text)
  if (E.isLeft(companyId)) throw new InvalidArgumentError('A company id has 1 to 48 letters, digits, _ or -.')
  return companyId.right
}

/** Nobody needs more: one process stores some thousand events a second. */
const MOST_PER_SECOND = 1_000_000

export const toRate = (text: string): number | 'none' => {
  const rate = /^(\d{1,7})(\/s)?$/.exec(text)?.[1]
  if (text === 'none') return text
  if (rate !== undefined && Number(rate) >= 1 && Number(rate) <= MOST_PER_SECOND) return Number(rate)
  throw new InvalidArgumentError(`Say for example 500/s, from 1/s to ${MOST_PER_SECOND}/s, or none.`)
}

/** Without a burst, one second's worth may pass at once. */
export const limitOf = (perSecond: number | 'none', burst: number | undefined): RateLimit | 'none' =>
  (perSecond === 'none' ? perSecond : { perSecond, burst: burst ?? perSecond })

export interface ChangeOptions { readonly as?: string; readonly json: boolean }

export const changing = (name: string, description: string): Command => companyCommand(name, description)
  .argument('<company>', 'id of the company', toCompanyId)
  .option('--as <name>', 'who asks, for the audit; the user of the system unless given').addOption(jsonOption())

/** Changes a company and prints it as it is then. */
export const change = (companyId: CompanyId, { as, json }: ChangeOptions, what: Pick<ChangeCompany, 'action' | 'change'>): Promise<void> =>
  inSession(json, async (open) => {
    const company = await asked(open(companyId).changeCompany({ companyId, actor: actorOf(as), ...what }))
    process.stdout.write(json ? `${JSON.stringify({ company })}\n` : companyTable([company]))
    return 0
  })
