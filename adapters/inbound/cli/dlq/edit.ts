import type { Command } from 'commander'
import { readFileSync } from 'node:fs'
import { companyOption, dlqCommand, jsonOption, toNumber, type Company } from './command.ts'
import { actorOf, asked, companyOf, Ended, inSession } from './session.ts'

interface EditOptions { readonly company?: Company; readonly bodyFile: string; readonly as?: string; readonly json: boolean }

const STANDARD_INPUT = 0

const readBody = (path: string): Uint8Array => {
  try {
    return new Uint8Array(readFileSync(path === '-' ? STANDARD_INPUT : path))
  } catch (cause) {
    throw new Ended('unreadable', `The body cannot be read: ${cause instanceof Error ? cause.message : 'unknown cause'}.`)
  }
}

/** `daisi dlq edit`: what is applied instead of the published body, which is kept; it must be valid. */
export const editCommand = (): Command => dlqCommand('edit', 'give a failed event another body; the one that was published is kept')
  .argument('<id>', 'id of the failed event', toNumber(1))
  .requiredOption('--body-file <path>', 'the new body; - reads standard input')
  .addOption(companyOption())
  .option('--as <name>', 'who asks, for the audit; the user of the system unless given')
  .addOption(jsonOption())
  .action((id: number, { company, bodyFile, as, json }: EditOptions) => inSession(json, async (open) => {
    const body = readBody(bodyFile)
    const companyId = await companyOf(open(company), [id], company)
    await asked(open(companyId).editFailedEvent({ companyId, actor: actorOf(as), id, body }))
    process.stdout.write(json ? `${JSON.stringify({ edited: id })}\n` : `edited: ${id}; apply it with \`daisi dlq replay ${id}\`\n`)
    return 0
  }))
