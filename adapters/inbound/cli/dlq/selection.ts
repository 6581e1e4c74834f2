import { Option, type Command } from 'commander'
import type { OpenOperations, Operations } from '../../../../application/operations.ts'
import {
  failedEventStatuses, type FailedEventConditions, type FailedEventStatus,
} from '../../../../application/ports/failed-event-finder.ts'
import type { Selection } from '../../../../application/ports/replay-job-finder.ts'
import { companyOption, wrongUsage, type Company } from './command.ts'
import { asked, companyOf } from './session.ts'

export interface ConditionOptions {
  readonly company?: Company
  readonly status?: FailedEventStatus
  readonly reason?: string
  readonly type?: string
  readonly fingerprint?: string
}

export const conditionsOf = ({ status, reason, type, fingerprint }: ConditionOptions): FailedEventConditions => ({
  ...(status === undefined ? {} : { status }), ...(reason === undefined ? {} : { reason }),
  ...(type === undefined ? {} : { eventType: type }), ...(fingerprint === undefined ? {} : { fingerprint }),
})

export const withConditions = (command: Command): Command => command
  .addOption(companyOption())
  .addOption(new Option('--status <status>', 'in this state').choices(failedEventStatuses))
  .option('--reason <code>', 'with this reason code')
  .option('--type <event>', 'of this event type, for example v1.messages.upsert')
  .option('--fingerprint <hex>', 'that failed alike (see `list --grouped`)')

export interface Selected {
  readonly operations: Operations
  readonly companyId: Company
  readonly selection: Selection
  /** How many are meant, to ask before acting on them. */
  readonly count: number
}

const MOST_GROUPS = 1_000

/** 0 for no filter at all, which the service refuses. */
const countOf = async ({ failedEvents }: Operations, conditions: FailedEventConditions): Promise<number> => {
  if (Object.keys(conditions).length === 0) return 0
  const statuses: ReadonlyArray<FailedEventStatus> = conditions.status === undefined ? ['dead', 'exhausted'] : [conditions.status]
  const groups = await Promise.all(statuses.map((status) => asked(failedEvents.groups({ ...conditions, status }, MOST_GROUPS))))
  return groups.flat().reduce((sum, { count }) => sum + count, 0)
}

/** Ids, or a filter of one company. */
export const selectedBy = async (
  open: OpenOperations, ids: ReadonlyArray<number>, options: ConditionOptions, command: Command,
): Promise<Selected> => {
  const conditions = conditionsOf(options)
  if (ids.length > 0) {
    if (Object.keys(conditions).length > 0) return wrongUsage(command, 'give ids or a filter, not both')
    const companyId = await companyOf(open(options.company), ids, options.company)
    return { operations: open(companyId), companyId, selection: { ids }, count: ids.length }
  }
  const { company } = options
  if (company === undefined) return wrongUsage(command, 'a filter needs --company: a replay belongs to one company')
  const operations = open(company)
  return { operations, companyId: company, selection: { conditions }, count: await countOf(operations, conditions) }
}
