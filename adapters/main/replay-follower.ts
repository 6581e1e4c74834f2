import type { Container } from 'inversify'
import { isolateFaults, rehearseBatch, runReplayJobs } from '../../application/application.ts'
import { stepped, type Follower } from './follow.ts'
import type { Settings } from './settings.ts'
import { token } from './tokens.ts'
import { tracedReplays } from './traced-letters.ts'
import { tracedHandle } from './tracing.ts'

/** How soon a job that an operator has asked for begins. */
const REPLAY_EVERY_MS = 250
/** Items of one step. */
const REPLAY_LIMIT = 100

const OUTCOMES = ['applied', 'unchanged', 'failed', 'skipped']

/** Works through the operators' replay jobs, in every ingest process; PostgreSQL shares them out. */
export const replayFollower = async (container: Container, { ackWaitSeconds }: Settings): Promise<Follower> => {
  const [claimed, handle, transactions] = await Promise.all([container.getAsync(token.replayQueue), container.getAsync(token.handleBatch),
    container.getAsync(token.transactions)])
  const { replays } = container.get(token.metrics)
  for (const outcome of OUTCOMES) replays.inc({ outcome }, 0)
  const tracing = container.get(token.tracing)
  const [queue, reader] = tracedReplays(tracing, [claimed, container.get(token.eventReader)])
  const ports = { queue, reader, handleUnits: isolateFaults(tracedHandle(tracing, handle, 'batch')),
    rehearseBatch: rehearseBatch(transactions) }
  return { name: 'replays', everyMs: REPLAY_EVERY_MS, step: async () => {
    const outcomes = await stepped(runReplayJobs(ports, { limit: REPLAY_LIMIT, claimSeconds: ackWaitSeconds }))
    for (const { outcome, dryRun } of outcomes) if (!dryRun) replays.inc({ outcome })
    return outcomes.length > 0
  } }
}
