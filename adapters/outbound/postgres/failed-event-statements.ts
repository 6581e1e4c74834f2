import { sql } from 'kysely'
import { KILLS_PROCESS, MOST_UNFINISHED, type FailedEvent } from '../../../application/ports/failed-events.ts'
import { toColumns, type FailedEventRow } from './failed-event-rows.ts'
import type { Database } from './in-role.ts'

export const FAILED_EVENT_COLUMNS = sql`f.id, f.company_id, f.stream, f.sequence, f.item, f.subject, f.body, f.headers, f.reason, f.pointer,
  f.message, f.status, f.attempts_finished, f.max_attempts, f.deliveries, extract(epoch from f.published_at)::float8 as published_at`

/** The one status in which the broker is who tries: its source is not to be acknowledged yet (ADR 0012). */
export const isBrokers = ({ status }: Pick<FailedEventRow, 'status'>): boolean => status === 'retrying'

const MOST_REMEMBERED = 50

/** One entry more in the list of attempts, which keeps the newest. */
export const withAttempt = (by: 'broker' | 'worker' | 'replay', from: 'f' | 'excluded' | 'n') => sql`
  case when jsonb_array_length(f.attempts) < ${sql.lit(MOST_REMEMBERED)} then f.attempts else f.attempts - 0 end || jsonb_build_array(
    jsonb_build_object('at', now(), 'by', ${sql.lit(by)}, 'reason', ${sql.ref(`${from}.reason`)}, 'pointer', ${sql.ref(`${from}.pointer`)},
      'message', ${sql.ref(`${from}.message`)}))`

const rowsOf = (failures: ReadonlyArray<FailedEvent>) => {
  const c = toColumns(failures)
  return sql`unnest(${c.company}::text[], ${c.stream}::text[], ${c.sequence}::bigint[], ${c.item}::integer[], ${c.subject}::text[],
      ${c.body}::bytea[], ${c.headers}::jsonb[], ${c.publishedAt}::bigint[], ${c.reason}::text[], ${c.pointer}::text[],
      ${c.message}::text[], ${c.deliveries}::integer[], ${c.maxAttempts}::integer[], ${c.retryIn}::float8[])
    as n(company_id, stream, sequence, item, subject, body, headers, published_at, reason, pointer, message, deliveries, max_attempts,
      retry_in)`
}

/**
 * A known failure that the broker still delivers counts one attempt more and becomes a dead letter when its attempts are used up,
 * or is exhausted at once when this one is final. Any other stays as it is and is not answered: its source came again only
 * because an acknowledgement was lost, and what becomes of it is the worker's or an operator's business, or done.
 */
export const recordFailures = async (tx: Database, failures: ReadonlyArray<FailedEvent>): Promise<ReadonlyArray<FailedEventRow>> =>
  (await sql<FailedEventRow>`
    insert into daisi.failed_events as f (company_id, stream, sequence, item, subject, body, headers, published_at, reason, pointer,
      message, deliveries, max_attempts, attempts_started, attempts_finished, status, next_retry_at, attempts)
    select company_id, stream, sequence, item, subject, body, headers, to_timestamp(published_at), reason, pointer, message, deliveries,
      max_attempts, 1, 1, case when retry_in is null then 'exhausted' when max_attempts <= 1 then 'dead' else 'retrying' end,
      now() + make_interval(secs => retry_in),
      jsonb_build_array(jsonb_build_object('at', now(), 'by', 'broker', 'reason', reason, 'pointer', pointer, 'message', message))
    from ${rowsOf(failures)} order by company_id, stream, sequence, item, published_at
    on conflict (company_id, stream, sequence, item, published_at) do update set reason = excluded.reason, pointer = excluded.pointer,
      message = excluded.message, deliveries = excluded.deliveries, max_attempts = excluded.max_attempts,
      attempts_started = greatest(f.attempts_started, f.attempts_finished + 1), attempts_finished = f.attempts_finished + 1,
      attempts = ${withAttempt('broker', 'excluded')}, last_failed_at = now(),
      next_retry_at = excluded.next_retry_at, dlq_published_at = null,
      status = case when excluded.status = 'exhausted' then 'exhausted'
        when f.attempts_finished + 1 >= excluded.max_attempts then 'dead' else 'retrying' end
      where f.status = 'retrying'
    returning ${FAILED_EVENT_COLUMNS}`.execute(tx)).rows

/** Begun already, and not answered: whoever waits for that asks again. */
const IS_BEGUN = sql`(f.attempts_started > f.attempts_finished and f.deliveries = excluded.deliveries)`

/** Four begun and none ended is three that killed the process: `reason` and status say so. */
const KILLED = sql`f.status = 'retrying' and not ${IS_BEGUN}
  and f.attempts_started - f.attempts_finished >= ${sql.lit(MOST_UNFINISHED)}`

/** Not where an operator's body was applied instead: the published one is not run again. */
const BEGINS = sql`f.status = 'retrying' or f.status = 'resolved' and f.edited_body is null`

/** What is known of a body as long as nothing has ended: it is kept before it is run. */
export const beginAttempts = async (tx: Database, events: ReadonlyArray<FailedEvent>): Promise<ReadonlyArray<FailedEventRow>> =>
  (await sql<FailedEventRow>`
    insert into daisi.failed_events as f (company_id, stream, sequence, item, subject, body, headers, published_at, reason, pointer,
      message, deliveries, max_attempts, attempts_started, attempts_finished, status, next_retry_at)
    select company_id, stream, sequence, item, subject, body, headers, to_timestamp(published_at), reason, pointer, message, deliveries,
      max_attempts, 1, 0, 'retrying', now() + make_interval(secs => retry_in)
    from ${rowsOf(events)} order by company_id, stream, sequence, item, published_at
    on conflict (company_id, stream, sequence, item, published_at) do update set
      attempts_started = f.attempts_started + case when ${KILLED} or ${IS_BEGUN} then 0 else 1 end, deliveries = excluded.deliveries,
      reason = case when ${KILLED} then ${KILLS_PROCESS.reason} else f.reason end,
      pointer = case when ${KILLED} then ${KILLS_PROCESS.pointer} else f.pointer end,
      message = case when ${KILLED} then ${KILLS_PROCESS.message} else f.message end,
      status = case when ${KILLED} then 'exhausted' else 'retrying' end, last_failed_at = now(), next_retry_at = excluded.next_retry_at
      where ${BEGINS}
    returning ${FAILED_EVENT_COLUMNS}`.execute(tx)).rows
