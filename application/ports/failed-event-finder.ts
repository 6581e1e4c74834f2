import type { FailedEvent } from './failed-events.ts'
import type { Found, Page, PageRequest } from './finder-page.ts'

/**
 * `retrying`: the broker still delivers it. `dead`: the worker tries it again. `exhausted`: nobody tries any more but an operator.
 * `resolved`: applied after all. `discarded`: an operator has given it up.
 */
export const failedEventStatuses = ['retrying', 'dead', 'exhausted', 'resolved', 'discarded'] as const
export type FailedEventStatus = (typeof failedEventStatuses)[number]

/** An attempt that failed. */
export interface FailedAttempt {
  /** ISO 8601. */
  readonly at: string
  readonly by: 'broker' | 'worker' | 'replay'
  readonly reason: string
  readonly pointer: string
  readonly message: string
}

/** A failed event as operators see it: all but its body. Times are microseconds since 1970, as exact as PostgreSQL's. */
export interface FoundFailedEvent {
  readonly id: number
  readonly companyId: FailedEvent['companyId']
  readonly subject: string
  /** The subject without its company. */
  readonly eventType: string
  readonly stream: string
  readonly sequence: number
  readonly item?: number
  readonly status: FailedEventStatus
  readonly reason: string
  readonly pointer: string
  /** Pointer with a star for each index. */
  readonly place: string
  readonly message: string
  /** Of event type, reason and place: what fails alike has the same. */
  readonly fingerprint: string
  readonly attempts: number
  /** The newest 50, oldest first. */
  readonly history: ReadonlyArray<FailedAttempt>
  readonly publishedAt: number
  readonly firstFailedAt: number
  readonly lastFailedAt: number
  readonly nextRetryAt?: number
  readonly editedBy?: string
  readonly editedAt?: number
  readonly note?: string
}

export interface FailureBody {
  readonly body: Uint8Array
  /** What is applied instead, where an operator has edited it. */
  readonly editedBody?: Uint8Array
}

/** An absent condition lets everything through. */
export interface FailedEventConditions {
  readonly status?: FailedEventStatus
  readonly reason?: string
  readonly eventType?: string
  readonly fingerprint?: string
}

/** Failures with one fingerprint. */
export interface FailureGroup {
  readonly fingerprint: string
  readonly eventType: string
  readonly reason: string
  readonly place: string
  readonly count: number
  readonly firstFailedAt: number
  readonly lastFailedAt: number
  /** The latest. */
  readonly exampleId: number
}

/** What one company's operators see, or all companies'. Contract: test/contract/failed-event-finder.contract.ts */
export interface FailedEventFinder {
  /** Latest failure first; a `Place` here is (lastFailedAt, id). */
  readonly page: (request: PageRequest, conditions: FailedEventConditions) => Found<Page<FoundFailedEvent>>
  /** Latest failure first. */
  readonly groups: (conditions: FailedEventConditions, limit: number) => Found<ReadonlyArray<FailureGroup>>
  /** Unknown ones are absent. */
  readonly byIds: (ids: ReadonlyArray<number>) => Found<ReadonlyMap<number, FoundFailedEvent>>
  /** Latest first, and none behind `mostBytes` of them: those are absent. The first is there however large it is. */
  readonly bodies: (ids: ReadonlyArray<number>, mostBytes: number) => Found<ReadonlyMap<number, FailureBody>>
}
