import type { FailedEventStatus } from '../../../application/ports/failed-event-finder.ts'
import type { DeadLetter, FailedEvent } from '../../../application/ports/failed-events.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { EpochSeconds } from '../../../domain/time.ts'

/** Column `item` of a failure that is about the whole event. */
export const WHOLE_EVENT = -1
const FINAL_ATTEMPTS = 1

/** As `FAILED_EVENT_COLUMNS` selects it. */
export interface FailedEventRow {
  readonly id: string
  readonly company_id: string
  readonly stream: string
  readonly sequence: string
  readonly item: number
  readonly subject: string
  readonly body: Buffer
  readonly headers: Readonly<Record<string, ReadonlyArray<string>>>
  /** Seconds since 1970. */
  readonly published_at: number
  readonly reason: string
  readonly pointer: string
  readonly message: string
  readonly status: FailedEventStatus
  readonly attempts_finished: number
  readonly max_attempts: number
  readonly deliveries: number
}

/** Enough where nobody looks at the event: a body may be a megabyte. */
export type FailureId = Pick<FailedEventRow, 'company_id' | 'id'>

const itemOf = ({ item }: Pick<FailedEvent, 'item'>): number => item ?? WHOLE_EVENT

/** Identity of a failure, as text. */
export const failureKey = (event: Pick<FailedEvent, 'companyId' | 'stream' | 'sequence' | 'publishedAt' | 'item'>): string =>
  `${event.companyId} ${event.sequence} ${event.publishedAt} ${itemOf(event)} ${event.stream}`

/** PostgreSQL's text has no NUL and no half surrogate pairs; what is recorded about an event must never be what fails. */
const storable = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed()

const storableHeaders = (headers: FailedEvent['headers']): string =>
  JSON.stringify(Object.fromEntries(Object.entries(headers).map(([name, values]) => [storable(name), values.map(storable)])))

/** Column by column, for `unnest`. */
export const toColumns = (failures: ReadonlyArray<FailedEvent>) => ({
  company: failures.map((f): string => f.companyId),
  stream: failures.map((f) => f.stream),
  sequence: failures.map((f) => f.sequence),
  item: failures.map(itemOf),
  subject: failures.map((f) => storable(f.subject)),
  body: failures.map((f) => Buffer.from(f.body)),
  headers: failures.map((f) => storableHeaders(f.headers)),
  publishedAt: failures.map((f): number => f.publishedAt),
  reason: failures.map((f) => storable(f.reason)),
  pointer: failures.map((f) => storable(f.pointer)),
  message: failures.map((f) => storable(f.message)),
  deliveries: failures.map((f) => f.deliveries),
  maxAttempts: failures.map(({ fate }) => (fate.type === 'final' ? FINAL_ATTEMPTS : fate.maxAttempts)),
  /** Null: never. */
  retryIn: failures.map(({ fate }) => (fate.type === 'final' ? null : fate.retryInSeconds)),
})

export const toDeadLetter = (row: FailedEventRow): DeadLetter => ({
  id: Number(row.id), companyId: row.company_id as CompanyId, stream: row.stream, sequence: Number(row.sequence),
  ...(row.item === WHOLE_EVENT ? {} : { item: row.item }), subject: row.subject, body: new Uint8Array(row.body), headers: row.headers,
  publishedAt: row.published_at as EpochSeconds, reason: row.reason, pointer: row.pointer, message: row.message,
  deliveries: row.deliveries, attempts: row.attempts_finished, maxAttempts: row.max_attempts,
})
