import type { DeadLetter } from './failed-events.ts'

/** What the contract's DLQ message says (6.1, with its ACCEPT fields); `originalPayload` is JSON text where the body is JSON. */
export interface DeadLetterBody {
  readonly source_subject: string
  readonly company: string
  readonly error: string
  readonly error_type: 'fatal' | 'retryable'
  readonly retry_count: number
  readonly max_retry: number
  readonly ts: string
  readonly source_stream: string
  readonly source_sequence: number
  /** Present where the letter is about one item of a history. */
  readonly failed_items?: ReadonlyArray<{ readonly index: number; readonly reason: string; readonly pointer: string }>
}

const MS_PER_SECOND = 1_000

export const deadLetterBody = ({ subject, companyId, reason, message, pointer, attempts, maxAttempts, publishedAt, stream, sequence,
  item }: DeadLetter): DeadLetterBody => ({
  source_subject: subject, company: companyId, error: `${reason}: ${message}`, error_type: maxAttempts > 1 ? 'retryable' : 'fatal',
  retry_count: attempts, max_retry: maxAttempts, ts: new Date(publishedAt * MS_PER_SECOND).toISOString(),
  source_stream: stream, source_sequence: sequence, ...(item === undefined ? {} : { failed_items: [{ index: item, reason, pointer }] }),
})
