import type { FailedEventConditions } from './failed-event-finder.ts'
import type { FailedEvent } from './failed-events.ts'
import type { Found, Page, PageRequest } from './finder-page.ts'
import type { ReplayChange } from './replay-queue.ts'

/** Which failed events an operator means. */
export type Selection =
  | { readonly ids: ReadonlyArray<number> }
  | { readonly conditions: FailedEventConditions }

export type ReplayJobStatus = 'running' | 'finished' | 'aborted'

export const replayItemStatuses = ['waiting', 'applied', 'unchanged', 'failed', 'skipped', 'aborted'] as const
export type ReplayItemStatus = (typeof replayItemStatuses)[number]

/** A replay of a frozen set of failed events. Times are microseconds since 1970. */
export interface FoundReplayJob {
  readonly id: string
  readonly companyId: FailedEvent['companyId']
  readonly dryRun: boolean
  readonly requestedBy: string
  readonly perSecond: number
  readonly status: ReplayJobStatus
  readonly total: number
  /** How many items stand where. */
  readonly counts: Readonly<Record<ReplayItemStatus, number>>
  readonly createdAt: number
  readonly finishedAt?: number
}

/** What became of one event of a job. */
export interface FoundReplayItem {
  readonly failedEventId: number
  readonly status: ReplayItemStatus
  readonly reason?: string
  /** Of a dry run. */
  readonly changes?: ReadonlyArray<ReplayChange>
  readonly finishedAt?: number
}

/** Contract: test/contract/operator-desk.contract.ts */
export interface ReplayJobFinder {
  /** Latest first; a `Place` here is (createdAt, id). */
  readonly page: (request: PageRequest) => Found<Page<FoundReplayJob>>
  readonly byIds: (ids: ReadonlyArray<string>) => Found<ReadonlyMap<string, FoundReplayJob>>
  /** By id of the failed event, those above `after`. */
  readonly items: (jobId: string, size: number, after?: number) => Found<ReadonlyArray<FoundReplayItem>>
}
