import type { Command } from 'commander'
import { dlqCommand, jsonOption, toIds } from './command.ts'
import { confirm } from './confirm.ts'
import { selectedBy, withConditions, type ConditionOptions } from './selection.ts'
import { actorOf, asked, inSession } from './session.ts'

interface DiscardOptions extends ConditionOptions {
  readonly note: string
  readonly yes: boolean
  readonly as?: string
  readonly json: boolean
}

/** `daisi dlq discard`: gives failed events up, with a note that says why; they stay, and can still be replayed. */
export const discardCommand = (): Command => withConditions(dlqCommand('discard', 'give failed events up, with a note that says why'))
  .argument('[ids...]', 'ids of failed events; or give a filter', toIds, [])
  .requiredOption('--note <text>', 'why')
  .option('--yes', 'do not ask before discarding more than one', false)
  .option('--as <name>', 'who asks, for the audit; the user of the system unless given')
  .addOption(jsonOption())
  .action((ids: ReadonlyArray<number>, options: DiscardOptions, command: Command) => inSession(options.json, async (open) => {
    const { operations, companyId, selection, count } = await selectedBy(open, ids, options, command)
    await confirm(`Discard ${count} events of ${companyId}?`, count, options.yes, command)
    const discarded = await asked(operations.discardFailedEvents({ companyId, actor: actorOf(options.as), selection, note: options.note }))
    process.stdout.write(options.json ? `${JSON.stringify({ discarded })}\n` : `discarded: ${discarded}\n`)
    return 0
  }))
