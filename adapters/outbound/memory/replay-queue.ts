import { KILLS_PROCESS, MOST_UNFINISHED } from '../../../application/ports/failed-events.ts'
import type { ClaimedReplay, ReplayOutcome, ReplayQueue } from '../../../application/ports/replay-queue.ts'
import { done } from './done.ts'
import { withAttempt, type Kept } from './failed-events.ts'
import { itemsOf, putItem, type KeptItem, type KeptJob, type MemoryOperations } from './replays.ts'

const MS_PER_SECOND = 1_000
const MICROS_PER_MS = 1_000
const BURST_MS = 500

const concludedEvent = (entry: Kept, each: ReplayOutcome, nowMs: number): Kept => {
  if (each.outcome === 'skipped' || entry.status === 'retrying' || entry.status === 'resolved') return entry
  const attempts = entry.letter.attempts + 1
  if (each.outcome !== 'failed') return { ...entry, status: 'resolved', letter: { ...entry.letter, attempts }, retryAt: Infinity }
  const killed = entry.status === 'dead' && each.problem.reason === KILLS_PROCESS.reason
  return { ...entry, status: killed ? 'exhausted' : entry.status, letter: { ...entry.letter, ...each.problem, attempts },
    ...withAttempt(entry, 'replay', each.problem, nowMs) }
}

const concludedItem = (item: KeptItem, each: ReplayOutcome, nowMs: number): KeptItem => ({
  ...item, status: each.outcome, finishedAt: nowMs * MICROS_PER_MS, claimedUntil: 0,
  ...(each.outcome === 'failed' ? { reason: each.problem.reason } : {}), ...(each.outcome === 'skipped' ? { reason: each.reason } : {}),
  ...(each.outcome === 'applied' && each.changes !== undefined ? { changes: each.changes } : {}),
})

const finishIfDone = (state: MemoryOperations, jobId: string): void => {
  const job = state.jobs.get(jobId)
  if (job?.status !== 'running' || itemsOf(state, jobId).some(({ status }) => status === 'waiting')) return
  state.jobs.set(jobId, { ...job, status: 'finished', finishedAt: state.nowMs() })
}

const isOpen = ({ status }: KeptItem): boolean => status === 'waiting' || status === 'aborted'

const concluding = (state: MemoryOperations) => (outcomes: ReadonlyArray<ReplayOutcome>): void => {
  const now = state.nowMs()
  for (const each of outcomes) {
    for (const item of itemsOf(state, each.jobId).filter((one) => one.failedEventId === each.id && isOpen(one)))
      putItem(state, concludedItem(item, each, now))
    if (!each.dryRun) for (const [place, entry] of state.kept)
      if (entry.letter.id === each.id) state.kept.set(place, concludedEvent(entry, each, now))
    finishIfDone(state, each.jobId)
  }
}

/** What may be claimed, and how. */
const claimable = (state: MemoryOperations) => {
  const entryOf = (id: number): Kept | undefined => [...state.kept.values()].find(({ letter }) => letter.id === id)
  return {
    running: (): ReadonlyArray<KeptJob> =>
      [...state.jobs.values()].filter(({ status, companyId }) => status === 'running' && state.isActive(companyId)),
    waiting: ({ id, dryRun }: KeptJob): ReadonlyArray<KeptItem> => itemsOf(state, id).filter((item) => item.status === 'waiting'
      && item.claimedUntil <= state.nowMs() && (dryRun || (entryOf(item.failedEventId)?.claimedUntil ?? 0) <= state.nowMs())),
    claim: ({ id, dryRun }: KeptJob, items: ReadonlyArray<KeptItem>, claimSeconds: number): ReadonlyArray<ClaimedReplay> =>
      items.flatMap((item) => {
        const entry = entryOf(item.failedEventId)
        putItem(state, { ...item, claims: item.claims + 1, claimedUntil: state.nowMs() + claimSeconds * MS_PER_SECOND })
        if (entry === undefined) return []
        const { letter, edited, status } = entry
        return [{ jobId: id, dryRun, status, letter: { ...letter, body: edited?.body ?? letter.body } }]
      }),
  }
}

export const memoryReplayQueue = (state: MemoryOperations): ReplayQueue => {
  const [conclude, { running, waiting, claim }] = [concluding(state), claimable(state)]
  const setKillersAside = (): void => {
    for (const job of running()) conclude(waiting(job).filter(({ claims }) => claims > MOST_UNFINISHED).map(({ failedEventId }) =>
      ({ jobId: job.id, dryRun: job.dryRun, companyId: job.companyId, id: failedEventId, outcome: 'failed', problem: KILLS_PROCESS })))
  }
  return {
    claim: (limit, claimSeconds) => done(() => {
      setKillersAside()
      const [suspect] = running().flatMap((job) => waiting(job).filter(({ claims }) => claims > 0).map((item) => ({ job, item })))
      if (suspect !== undefined) return claim(suspect.job, [suspect.item], claimSeconds)
      const job = running().find((each) => each.notBefore <= state.nowMs() && waiting(each).length > 0)
      if (job === undefined) return []
      const items = waiting(job).slice(0, Math.min(limit, job.perSecond))
      state.jobs.delete(job.id)
      const unused = Math.max(job.notBefore, state.nowMs() - BURST_MS)
      state.jobs.set(job.id, { ...job, notBefore: unused + items.length * MS_PER_SECOND / job.perSecond })
      return claim(job, items, claimSeconds)
    }),
    conclude: (outcomes) => done(() => { conclude(outcomes) }),
    release: (items) => done(() => {
      for (const { jobId, letter } of items) {
        const item = state.items.get(`${jobId} ${letter.id}`)
        if (item !== undefined) putItem(state, { ...item, claims: 0, claimedUntil: 0 })
      }
    }),
  }
}
