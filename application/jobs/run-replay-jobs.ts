import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { HandleUnits } from '../commands/isolate-faults.ts'
import { reapply, type Reapplied } from '../commands/reapply.ts'
import type { RehearseBatch } from '../commands/rehearse-batch.ts'
import { rehearse, type Rehearsal } from '../commands/rehearse.ts'
import type { EventReader } from '../ports/event-reader.ts'
import type { ClaimedReplay, ReplayOutcome, ReplayQueue } from '../ports/replay-queue.ts'
import type { Unavailable } from '../ports/unavailable.ts'

export interface ReplayPorts {
  readonly queue: ReplayQueue
  readonly reader: EventReader
  readonly handleUnits: HandleUnits
  readonly rehearseBatch: RehearseBatch
}

export interface ReplayOptions {
  /** Items of one step. */
  readonly limit: number
  /** A claim of a process that died runs out after this. */
  readonly claimSeconds: number
}

type Item = Pick<ReplayOutcome, 'jobId' | 'dryRun' | 'companyId' | 'id'>

const itemOf = ({ jobId, dryRun, letter }: ClaimedReplay): Item => ({ jobId, dryRun, companyId: letter.companyId, id: letter.id })

/** It was applied meanwhile, or the broker delivers it again. */
const isGone = ({ status }: ClaimedReplay): boolean => status === 'resolved' || status === 'retrying'

type Outcomes = TaskEither<Unavailable, ReadonlyArray<ReplayOutcome>>

const replayed = (item: Item, result: Reapplied, { describe }: EventReader): ReplayOutcome => {
  if (result.type === 'failed') return { ...item, outcome: 'failed', problem: describe(result.failure) }
  return { ...item, outcome: result.facts === 0 ? 'unchanged' : 'applied' }
}

const rehearsed = (item: Item, rehearsal: Rehearsal, { describe }: EventReader): ReplayOutcome => {
  if (E.isLeft(rehearsal)) return { ...item, outcome: 'failed', problem: describe(rehearsal.left) }
  return rehearsal.right.length === 0 ? { ...item, outcome: 'unchanged' } : { ...item, outcome: 'applied', changes: rehearsal.right }
}

const replayAll = ({ reader, handleUnits }: ReplayPorts, items: ReadonlyArray<ClaimedReplay>): Outcomes => async () => {
  const results = await reapply(reader, handleUnits)(items.map(({ letter }) => letter))()
  if (E.isLeft(results)) return results
  return E.right(items.flatMap((item, i) => {
    const result = results.right[i]
    return result === undefined ? [] : [replayed(itemOf(item), result, reader)]
  }))
}

/** Each on the state as it is stored now: what one event would change, another does not see. */
const rehearseAll = ({ reader, rehearseBatch }: ReplayPorts, items: ReadonlyArray<ClaimedReplay>): Outcomes => async () => {
  const outcomes: ReplayOutcome[] = []
  for (const item of items) {
    const rehearsal = await rehearse(reader, rehearseBatch)(item.letter)()
    if (E.isLeft(rehearsal)) return rehearsal
    outcomes.push(rehearsed(itemOf(item), rehearsal.right, reader))
  }
  return E.right(outcomes)
}

/**
 * One step through the operators' replay jobs: claims what is next, applies or rehearses it with its original clock, and writes down how
 * each ended. What a process that died had applied but not written down changes nothing the second time. Answers the outcomes.
 */
export const runReplayJobs = (ports: ReplayPorts, { limit, claimSeconds }: ReplayOptions): Outcomes => async () => {
  const claimed = await ports.queue.claim(limit, claimSeconds)()
  if (E.isLeft(claimed) || claimed.right.length === 0) return E.isLeft(claimed) ? claimed : E.right([])
  const skipped = claimed.right.filter(isGone).map((item): ReplayOutcome => ({ ...itemOf(item), outcome: 'skipped', reason: item.status }))
  const items = claimed.right.filter((item) => !isGone(item))
  const worked = await (items[0]?.dryRun === true ? rehearseAll(ports, items) : replayAll(ports, items))()
  if (E.isLeft(worked)) {
    await ports.queue.release(claimed.right)()
    return worked
  }
  const outcomes = [...skipped, ...worked.right]
  const written = await ports.queue.conclude(outcomes)()
  return E.isLeft(written) ? written : E.right(outcomes)
}
