import type { Company } from '../../../application/ports/companies.ts'
import type { FailedEvent } from '../../../application/ports/failed-events.ts'
import type { FoundAuditEntry } from '../../../application/ports/operator-desk.ts'
import type { FoundReplayItem, ReplayJobStatus } from '../../../application/ports/replay-job-finder.ts'
import type { memoryFailures } from './failed-events.ts'

export interface KeptJob {
  readonly id: string
  readonly companyId: FailedEvent['companyId']
  readonly dryRun: boolean
  readonly requestedBy: string
  readonly perSecond: number
  readonly status: ReplayJobStatus
  /** Ms since 1970; not before it, more of the job may be claimed. */
  readonly notBefore: number
  readonly createdAt: number
  readonly finishedAt?: number
}

export interface KeptItem extends FoundReplayItem {
  readonly jobId: string
  readonly claims: number
  readonly claimedUntil: number
}

/** What the memory adapters of operators share. */
export interface MemoryOperations {
  readonly kept: ReturnType<typeof memoryFailures>
  readonly jobs: Map<string, KeptJob>
  /** By job and event. */
  readonly items: Map<string, KeptItem>
  readonly audit: FoundAuditEntry[]
  readonly nowMs: () => number
  readonly companies: Map<string, Company>
  readonly isActive: (companyId: string) => boolean
}

export const memoryOperationsState = (given: Pick<MemoryOperations, 'kept' | 'nowMs' | 'companies'>): MemoryOperations =>
  ({ ...given, isActive: (companyId) => given.companies.get(companyId)?.status === 'active', jobs: new Map(), items: new Map(), audit: [] })

export const putItem = ({ items }: MemoryOperations, item: KeptItem): void => { items.set(`${item.jobId} ${item.failedEventId}`, item) }

export const itemsOf = ({ items }: MemoryOperations, jobId: string): ReadonlyArray<KeptItem> =>
  [...items.values()].filter((item) => item.jobId === jobId).sort((a, b) => a.failedEventId - b.failedEventId)

/** The job, no dry run, in which the event still waits. */
export const jobHolding = ({ items, jobs }: MemoryOperations, id: number): string | undefined => [...items.values()]
  .find((item) => item.failedEventId === id && item.status === 'waiting' && jobs.get(item.jobId)?.dryRun === false)?.jobId
