import type { DeadLetter } from '../../../application/ports/failed-events.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { EpochSeconds } from '../../../domain/time.ts'

/** Column `item` of a failure that is about the whole event. */
export const WHOLE_EVENT = -1

export interface FailedEventRow {
  readonly id: string
  readonly company_id: string
  readonly stream: string
  readonly sequence: string
  readonly item: number
  readonly subject: string
  readonly body: Buffer
  readonly headers: Readonly<Record<string, ReadonlyArray<string>>>
  readonly published_at: Date | string
  readonly reason: string
  readonly pointer: string
  readonly message: string
  readonly status: 'retrying' | 'dead' | 'resolved'
  readonly attempts_finished: number
  readonly deliveries: number
}

const MS_PER_SECOND = 1_000

export const toDeadLetter = (row: FailedEventRow): DeadLetter => ({
  id: Number(row.id), companyId: row.company_id as CompanyId, stream: row.stream, sequence: Number(row.sequence),
  ...(row.item === WHOLE_EVENT ? {} : { item: row.item }), subject: row.subject, body: row.body, headers: row.headers,
  publishedAt: Math.floor(new Date(row.published_at).getTime() / MS_PER_SECOND) as EpochSeconds,
  reason: row.reason, pointer: row.pointer, message: row.message, deliveries: row.deliveries, attempts: row.attempts_finished,
  fate: row.attempts_finished > 1 ? { type: 'attempt', maxAttempts: row.attempts_finished } : { type: 'final' },
})
