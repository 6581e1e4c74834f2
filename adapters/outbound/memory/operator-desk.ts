import { randomUUID } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import type { FailedEvent } from '../../../application/ports/failed-events.ts'
import type { DeskTx, NewReplayJob, OperatorDesk } from '../../../application/ports/operator-desk.ts'
import type { Selection } from '../../../application/ports/replay-job-finder.ts'
import { done } from './done.ts'
import type { Kept } from './failed-events.ts'
import { isMeant, toFound } from './operator-finders.ts'
import { itemsOf, jobHolding, putItem, type MemoryOperations } from './replays.ts'

type Company = FailedEvent['companyId']

const MICROS_PER_MS = 1_000

const isSelected = (selection: Selection, kept: Kept): boolean => {
  if ('ids' in selection) return selection.ids.includes(kept.letter.id)
  const isOpen = selection.conditions.status !== undefined || kept.status === 'dead' || kept.status === 'exhausted'
  return isOpen && isMeant(selection.conditions, toFound(kept))
}

const createJob = (state: MemoryOperations, companyId: Company, { eventIds, ...asked }: NewReplayJob): string => {
  const [id, now] = [randomUUID(), state.nowMs()]
  const { requestedBy, dryRun, perSecond } = asked
  state.jobs.set(id, { id, companyId, requestedBy, dryRun, perSecond, status: 'running', notBefore: now, createdAt: now })
  for (const failedEventId of eventIds) putItem(state, { jobId: id, failedEventId, status: 'waiting', claims: 0, claimedUntil: 0 })
  return id
}

const abortJob = (state: MemoryOperations, companyId: Company, jobId: string): number | undefined => {
  const job = state.jobs.get(jobId)
  if (job === undefined || job.companyId !== companyId || job.status !== 'running') return undefined
  state.jobs.set(jobId, { ...job, status: 'aborted', finishedAt: state.nowMs() })
  const waiting = itemsOf(state, jobId).filter(({ status }) => status === 'waiting')
  for (const item of waiting) putItem(state, { ...item, status: 'aborted' })
  return waiting.length
}

const deskTx = (state: MemoryOperations, companyId: Company): DeskTx => {
  const own = (): ReadonlyArray<Kept> => [...state.kept.values()].filter(({ letter }) => letter.companyId === companyId)
  const change = (ids: ReadonlyArray<number>, next: (entry: Kept) => Kept): void => {
    for (const [place, entry] of state.kept) if (own().includes(entry) && ids.includes(entry.letter.id)) state.kept.set(place, next(entry))
  }
  return {
    companyIsActive: () => done(() => state.isActive(companyId)),
    company: () => done(() => state.companies.get(companyId)),
    changeCompany: (company) => done(() => { state.companies.set(companyId, company) }),
    take: (selection, limit) => done(() => own().filter((kept) => isSelected(selection, kept)).slice(0, limit)
      .map(({ letter: { id }, status, claimedUntil }) => ({ id, status, isClaimed: claimedUntil > state.nowMs() }))),
    read: (id) => done(() => own().find(({ letter }) => letter.id === id)?.letter),
    jobHolding: (ids) => done(() => ids.map((id) => jobHolding(state, id)).find((jobId) => jobId !== undefined)),
    edit: (id, body, by) => done(() => { change([id], (entry) => ({ ...entry, edited: { body, by, at: state.nowMs() } })) }),
    discard: (ids, note) => done(() => {
      change(ids, (entry) => ({ ...entry, status: 'discarded', note, retryAt: Infinity, claims: 0, claimedUntil: 0 }))
    }),
    createJob: (job) => done(() => createJob(state, companyId, job)),
    abortJob: (jobId) => done(() => abortJob(state, companyId, jobId)),
    audit: (entry) => done(() => {
      state.audit.push({ ...entry, id: state.audit.length + 1, companyId, at: state.nowMs() * MICROS_PER_MS })
    }),
  }
}

/** What there was before, to go back to. */
const remembered = ({ kept, jobs, items, companies, audit }: MemoryOperations): (() => void) => {
  const [before, length] = [[kept, jobs, items, companies].map((map) => new Map<string, unknown>(map)), audit.length]
  return () => {
    for (const [i, map] of [kept, jobs, items, companies].entries()) {
      map.clear()
      for (const [key, value] of before[i] ?? []) (map as Map<string, unknown>).set(key, value)
    }
    audit.length = length
  }
}

export const memoryOperatorDesk = (state: MemoryOperations): OperatorDesk => {
  let turn: Promise<unknown> = Promise.resolve()
  return { transact: (companyId, work) => () => {
    const next = turn.then(async () => {
      const undo = remembered(state)
      const result = await work(deskTx(state, companyId))()
      if (E.isLeft(result)) undo()
      return result
    })
    turn = next.catch(() => undefined)
    return next
  } }
}
