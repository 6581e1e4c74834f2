import type { Command } from 'commander'
import { companyOption, dlqCommand, jsonOption, toNumber, type Company } from './command.ts'
import { asked, inSession } from './session.ts'
import { auditTable } from './tables.ts'

interface AuditOptions { readonly company?: Company; readonly json: boolean; readonly limit: number }

const MOST_ROWS = 1_000

/** `daisi dlq audit`: what operators did and what was refused, latest first. */
export const auditCommand = (): Command => dlqCommand('audit', 'what operators did and what was refused, latest first')
  .addOption(companyOption()).option('--limit <n>', 'most lines', toNumber(1, MOST_ROWS), 50).addOption(jsonOption())
  .action(({ company, json, limit }: AuditOptions) => inSession(json, async (open) => {
    const { rows, more } = await asked(open(company).auditTrail.page({ from: 'start', size: limit }))
    process.stdout.write(json ? `${JSON.stringify({ entries: rows, more })}\n` : auditTable(rows))
    return 0
  }))
