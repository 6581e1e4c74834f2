import type { Command } from 'commander'
import { companyOption, dlqCommand, jsonOption, toNumber, type Company } from './command.ts'
import { printJob } from './replay.ts'
import { actorOf, asked, inSession } from './session.ts'
import { jobTable } from './tables.ts'
import { jobById, watchJob } from './watch.ts'

interface JobsOptions { readonly company?: Company; readonly json: boolean; readonly limit: number; readonly as?: string }

const MOST_ROWS = 1_000

const list = (): Command => dlqCommand('list', 'replay jobs, latest first')
  .addOption(companyOption()).option('--limit <n>', 'most lines', toNumber(1, MOST_ROWS), 20).addOption(jsonOption())
  .action(({ company, json, limit }: JobsOptions) => inSession(json, async (open) => {
    const { rows, more } = await asked(open(company).replayJobs.page({ from: 'start', size: limit }))
    process.stdout.write(json ? `${JSON.stringify({ jobs: rows, more })}\n` : jobTable(rows))
    return 0
  }))

const show = (): Command => dlqCommand('show', 'how a replay job stands')
  .argument('<job>', 'id of the job').addOption(jsonOption())
  .action((jobId: string, { json }: JobsOptions) => inSession(json, async (open) => {
    const operations = open(undefined)
    return printJob(operations, await jobById(operations, jobId), json)
  }))

const watch = (): Command => dlqCommand('watch', 'wait for a replay job, with a progress bar')
  .argument('<job>', 'id of the job').addOption(jsonOption())
  .action((jobId: string, { json }: JobsOptions) => inSession(json, async (open) => {
    const operations = open(undefined)
    return printJob(operations, await watchJob(operations, jobId), json)
  }))

const abort = (): Command => dlqCommand('abort', 'stop a replay job; what has been replayed stays')
  .argument('<job>', 'id of the job').option('--as <name>', 'who asks, for the audit').addOption(jsonOption())
  .action((jobId: string, { as, json }: JobsOptions) => inSession(json, async (open) => {
    const job = (await asked(open(undefined).replayJobs.byIds([jobId]))).get(jobId)
    const companyId = job?.companyId ?? '*'
    const aborted = await asked(open(companyId).abortReplayJob({ companyId, actor: actorOf(as), jobId }))
    process.stdout.write(json ? `${JSON.stringify({ aborted })}\n` : `aborted; ${aborted} events were not replayed\n`)
    return 0
  }))

/** `daisi dlq jobs`: replays as stored jobs. */
export const jobsCommand = (): Command => dlqCommand('jobs', 'replay jobs')
  .addCommand(list(), { isDefault: true }).addCommand(show()).addCommand(watch()).addCommand(abort())
