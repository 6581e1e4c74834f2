import type { Command } from 'commander'
import type { CompanyId } from '../../../../domain/company.ts'
import { jsonOption } from '../dlq/command.ts'
import { asked, Ended, inSession } from '../dlq/session.ts'
import { companyCommand, toCompanyId } from './command.ts'
import { companyTable } from './table.ts'

interface ShowOptions { readonly json: boolean }

/** `daisi company list`: every company that was seen, its share and its limits. */
export const listCommand = (): Command => companyCommand('list', 'every company that was seen, by id').addOption(jsonOption())
  .action(({ json }: ShowOptions) => inSession(json, async (open) => {
    const companies = await asked(open(undefined).companies.all())
    process.stdout.write(json ? `${JSON.stringify({ companies })}\n` : companyTable(companies))
    return 0
  }))

/** `daisi company show`: one company. */
export const showCommand = (): Command => companyCommand('show', 'one company')
  .argument('<company>', 'id of the company', toCompanyId).addOption(jsonOption())
  .action((companyId: CompanyId, { json }: ShowOptions) => inSession(json, async (open) => {
    const [company] = await asked(open(companyId).companies.all())
    if (company === undefined) throw new Ended('not_found', `There is no company ${companyId}.`)
    process.stdout.write(json ? `${JSON.stringify({ company })}\n` : companyTable([company]))
    return 0
  }))
