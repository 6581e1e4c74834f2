import type { Command } from 'commander'
import type { Operations } from '../../../../application/operations.ts'
import type { FoundReplayJob } from '../../../../application/ports/replay-job-finder.ts'
import { dlqCommand, EXIT, jsonOption, toIds, toNumber } from './command.ts'
import { confirm } from './confirm.ts'
import { selectedBy, withConditions, type ConditionOptions } from './selection.ts'
import { actorOf, asked, inSession } from './session.ts'
import { countsOf, itemTable } from './tables.ts'
import { watchJob } from './watch.ts'

interface ReplayOptions extends ConditionOptions {
  readonly dryRun: boolean
  readonly perSecond?: number
  readonly yes: boolean
  readonly wait: boolean
  readonly as?: string
  readonly json: boolean
}

/** Outcomes that are shown one by one; the job keeps all. */
const MOST_SHOWN = 50

const exitOf = ({ status, counts }: FoundReplayJob): number => {
  if (status === 'running') return EXIT.unfinished
  return counts.failed > 0 || status === 'aborted' ? EXIT.refused : 0
}

const headline = (job: FoundReplayJob): string => {
  const state = job.status === 'running' ? 'not finished: is ingest running? watch it with `daisi dlq jobs watch`' : job.status
  return `${job.dryRun ? 'dry run' : 'replay'} job ${job.id}: ${state}; ${countsOf(job)}\n`
}

/** How a job stands, with the outcome of its first items. */
export const printJob = async ({ replayJobs }: Operations, job: FoundReplayJob, json: boolean): Promise<number> => {
  const items = await asked(replayJobs.items(job.id, MOST_SHOWN))
  process.stdout.write(json ? `${JSON.stringify({ job, items })}\n` : `${headline(job)}${itemTable(items)}`)
  return exitOf(job)
}

/** `daisi dlq replay`: applies failed events again, with their original clock, as a stored job that ingest works through. */
export const replayCommand = (): Command => withConditions(dlqCommand('replay', 'apply failed events again, as a stored job'))
  .argument('[ids...]', 'ids of failed events; or give a filter', toIds, [])
  .option('--dry-run', 'show what would change, change nothing', false)
  .option('--per-second <n>', 'no faster than this', toNumber(1))
  .option('--yes', 'do not ask before replaying more than one', false)
  .option('--no-wait', 'answer the job at once instead of watching it')
  .option('--as <name>', 'who asks, for the audit; the user of the system unless given')
  .addOption(jsonOption())
  .action((ids: ReadonlyArray<number>, options: ReplayOptions, command: Command) => inSession(options.json, async (open) => {
    const { operations, companyId, selection, count } = await selectedBy(open, ids, options, command)
    if (!options.dryRun) await confirm(`Replay ${count} events of ${companyId}?`, count, options.yes, command)
    const { dryRun, perSecond } = options
    const { jobId, total } = await asked(operations.requestReplay({ companyId, actor: actorOf(options.as), selection, dryRun, perSecond }))
    if (options.wait) return printJob(operations, await watchJob(operations, jobId), options.json)
    process.stdout.write(options.json ? `${JSON.stringify({ jobId, total })}\n` : `replay job ${jobId}: ${total} events\n`)
    return 0
  }))
