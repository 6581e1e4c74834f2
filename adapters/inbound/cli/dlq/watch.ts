import { setTimeout as sleep } from 'node:timers/promises'
import type { Operations } from '../../../../application/operations.ts'
import type { FoundReplayJob } from '../../../../application/ports/replay-job-finder.ts'
import { progressBars } from '../progress-bars.ts'
import { asked, Ended } from './session.ts'

const LOOK_EVERY_MS = 150
/** Without any progress for so long, nobody works on it. */
const STALLED_MS = 30_000

export const jobById = async ({ replayJobs }: Operations, jobId: string): Promise<FoundReplayJob> => {
  const job = (await asked(replayJobs.byIds([jobId]))).get(jobId)
  if (job === undefined) throw new Ended('not_found', 'There is no replay job with this id.')
  return job
}

/** Shows how far a job is until it ends, or until it seems that no ingest process works on it; answers how it stands then. */
export const watchJob = async (operations: Operations, jobId: string): Promise<FoundReplayJob> => {
  const bars = progressBars()
  let job = await jobById(operations, jobId)
  const bar = bars.add(job.dryRun ? 'rehearsed' : 'replayed', job.total)
  let shown = 0
  for (let movedAt = Date.now(); Date.now() - movedAt < STALLED_MS; await sleep(LOOK_EVERY_MS)) {
    job = await jobById(operations, jobId)
    const done = job.total - job.counts.waiting
    if (done > shown) movedAt = Date.now()
    bar.advance(done - shown)
    shown = done
    if (job.status !== 'running') break
  }
  bars.stop()
  return job
}
