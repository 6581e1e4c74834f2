import type { CompanyId } from '../domain/company.ts'
import type { AggregateKind } from './aggregates.ts'
import { hash } from './hash.ts'

/** Aggregates of one lane are worked on by one batch at a time, in order (design 5). */
const LANES = 8
/** Locks a lane has, shared by its companies; few enough for the server's lock table (measured, design 5). */
const LOCKS_PER_LANE = 32

export const laneOf = (kind: AggregateKind, companyId: CompanyId, id: string): number =>
  hash(`${kind} ${companyId} ${id}`) % LANES

/** Which locks of a lane are a company's: companies of one group wait for each other, those of two never do. */
export const lockGroupOf = (companyId: CompanyId): number => hash(companyId) % LOCKS_PER_LANE

/**
 * Which of `slots` batches in flight works on an aggregate. It depends on the lane and the lock's company part only, so two
 * slots never want the same lock; the company moves the lanes round, so that more slots than lanes are used, too.
 */
export const slotOf = (lane: number, companyId: CompanyId, slots: number): number => (lane + lockGroupOf(companyId)) % slots

/** Key of the advisory lock of a company's lane: 0 to 255. */
export const lockOf = (lane: number, companyId: CompanyId): number => lane * LOCKS_PER_LANE + lockGroupOf(companyId)
