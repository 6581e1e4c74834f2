import type { Command } from 'commander'
import type { CompanyId } from '../../../../domain/company.ts'
import { toNumber, wrongUsage } from '../dlq/command.ts'
import { change, changing, companyCommand, limitOf, toRate, type ChangeOptions } from './command.ts'
import { listCommand, showCommand } from './list.ts'

const EXAMPLES = `
Examples:
  daisi company list
  daisi company limit ACME --realtime 500/s --burst 1000 --history 200/s
  daisi company limit ACME --none
  daisi company weight ACME 3                  three times the share of the others while all have work
  daisi company suspend ACME                   its events wait at the broker, and its API answers 403, until it is resumed`

const MOST_WEIGHT = 1_000

interface LimitOptions extends ChangeOptions {
  readonly realtime?: number | 'none'
  readonly history?: number | 'none'
  readonly burst?: number
  readonly historyBurst?: number
  readonly none: boolean
}

const CLEARED = { realtime: 'none', history: 'none' } as const

/** Of the classes that were named; everything for `--none`. */
const limitsOf = ({ realtime, history, burst, historyBurst, none }: LimitOptions) => (none ? CLEARED : {
  ...(realtime === undefined ? {} : { realtime: limitOf(realtime, burst) }),
  ...(history === undefined ? {} : { history: limitOf(history, historyBurst) }),
})

const hasBurstAlone = ({ realtime, history, burst, historyBurst }: LimitOptions): boolean =>
  (burst !== undefined && typeof realtime !== 'number') || (historyBurst !== undefined && typeof history !== 'number')

const limit = (): Command => changing('limit', 'events that may be stored a second; what comes faster waits at the broker')
  .option('--realtime <rate>', 'of realtime events, for example 500/s; none clears it', toRate)
  .option('--burst <n>', 'realtime events at once after a rest; a second’s worth unless given', toNumber(1))
  .option('--history <rate>', 'of the messages in histories, for example 200/s; none clears it', toRate)
  .option('--history-burst <n>', 'messages of histories at once after a rest', toNumber(1))
  .option('--none', 'clear both limits', false)
  .action((companyId: CompanyId, options: LimitOptions, command: Command) => {
    const named = options.realtime !== undefined || options.history !== undefined
    if (named === options.none) return wrongUsage(command, 'say either --realtime, --history or both, or --none')
    if (hasBurstAlone(options)) return wrongUsage(command, 'a burst needs the rate that it belongs to')
    return change(companyId, options, { action: 'limit', change: { limits: limitsOf(options) } })
  })

const weight = (): Command => changing('weight', 'its share while others have work too; every company begins with 1')
  .argument('<weight>', 'a whole number from 1', toNumber(1, MOST_WEIGHT))
  .action((companyId: CompanyId, value: number, options: ChangeOptions) =>
    change(companyId, options, { action: 'weight', change: { weight: value } }))

const suspend = (): Command => changing('suspend', 'store nothing more of it, and refuse its API; events wait at the broker')
  .action((companyId: CompanyId, options: ChangeOptions) =>
    change(companyId, options, { action: 'suspend', change: { status: 'suspended' } }))

const resume = (): Command => changing('resume', 'go on where it was suspended')
  .action((companyId: CompanyId, options: ChangeOptions) => change(companyId, options, { action: 'resume', change: { status: 'active' } }))

/** `daisi company`: who may how much (design 4, 6). */
export const companyCommands = (): Command => companyCommand('company', 'companies: shares, limits, suspension')
  .addHelpText('after', EXAMPLES)
  .addCommand(listCommand()).addCommand(showCommand()).addCommand(limit()).addCommand(weight()).addCommand(suspend()).addCommand(resume())
