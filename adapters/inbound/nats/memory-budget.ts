import { HISTORY, type StreamRank } from '../../../domain/clock.ts'

/**
 * Messages held in memory in all, shared by the active companies (design 4). Twice what two full batches take, so that the next two wait
 * when those are done: measured against 3,000 it saves 3 to 4 µs of CPU a message (ADR 0019); with 20,000 the process takes 1,350 MB at
 * its peak (test/faults/memory.test.ts).
 */
const REALTIME_BUDGET = 4_000
const LEAST_PENDING = 20
const MOST_PENDING = 2_000
/** Histories are large: up to 1 MiB each. */
const HISTORY_BUDGET = 128
const MOST_HISTORIES = 8

const share = (budget: number, companies: number): number => Math.floor(budget / Math.max(companies, 1))

/** Messages that a company's durable may leave unacknowledged: what the broker sends on top of that has to wait there. */
export const maxPending = (rank: StreamRank, companies: number): number => (rank === HISTORY
  ? Math.min(MOST_HISTORIES, Math.max(1, share(HISTORY_BUDGET, companies)))
  : Math.min(MOST_PENDING, Math.max(LEAST_PENDING, share(REALTIME_BUDGET, companies))))
