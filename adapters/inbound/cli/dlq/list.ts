import type { Command } from 'commander'
import { dlqCommand, jsonOption, toNumber } from './command.ts'
import { conditionsOf, withConditions, type ConditionOptions } from './selection.ts'
import { asked, inSession } from './session.ts'
import { eventTable, groupTable } from './tables.ts'

const MOST_ROWS = 1_000

interface ListOptions extends ConditionOptions { readonly grouped: boolean; readonly json: boolean; readonly limit: number }

/** `daisi dlq list`: failed events, or groups of those that failed alike, latest first. */
export const listCommand = (): Command => withConditions(dlqCommand('list', 'failed events, latest first'))
  .option('--grouped', 'one line for all that failed alike: event type, reason, place', false)
  .option('--limit <n>', 'most lines', toNumber(1, MOST_ROWS), 50)
  .addOption(jsonOption())
  .action(({ grouped, json, limit, ...options }: ListOptions) => inSession(json, async (open) => {
    const { failedEvents } = open(options.company)
    const conditions = conditionsOf(options)
    if (grouped) {
      const groups = await asked(failedEvents.groups(conditions, limit))
      process.stdout.write(json ? `${JSON.stringify({ groups })}\n` : groupTable(groups))
      return 0
    }
    const { rows, more } = await asked(failedEvents.page({ from: 'start', size: limit }, conditions))
    process.stdout.write(json ? `${JSON.stringify({ events: rows, more })}\n` : eventTable(rows))
    if (more && !json) process.stderr.write('there are more; see --limit and --grouped\n')
    return 0
  }))
