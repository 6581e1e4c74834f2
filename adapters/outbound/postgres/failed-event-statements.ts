import { sql } from 'kysely'
import { KILLS_PROCESS, MOST_UNFINISHED, type FailedEvent } from '../../../application/ports/failed-events.ts'
import { toColumns, type FailedEventRow } from './failed-event-rows.ts'
import type { Database } from './in-role.ts'

export const FAILED_EVENT_COLUMNS = sql`f.id, f.company_id, f.stream, f.sequence, f.item, f.subject, f.body, f.headers, f.reason, f.pointer,
  f.message, f.status, f.attempts_finished, f.max_attempts, f.deliveries, extract(epoch from f.published_at)::float8 as published_at`

/** The statuses in which its source has been acknowledged. */
export const isDead = ({ status }: Pick<FailedEventRow, 'status'>): boolean => status !== 'retrying' && status !== 'resolved'

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
 * A known failure counts one attempt more and becomes a dead letter when its attempts are used up, or is exhausted at once
 * when this one is final. One that was resolved and fails again is published again.
 */
export const recordFailures = async (tx: Database, failures: ReadonlyArray<FailedEvent>): Promise<ReadonlyArray<FailedEventRow>> =>
  (await sql<FailedEventRow>`
    insert into daisi.failed_events as f (company_id, stream, sequence, item, subject, body, headers, published_at, reason, pointer,
      message, deliveries, max_attempts, attempts_started, attempts_finished, status, next_retry_at, attempts)
    select company_id, stream, sequence, item, subject, body, headers, to_timestamp(published_at), reason, pointer, message, deliveries,
      max_attempts, 1, 1, case when retry_in is null then 'exhausted' when max_attempts <= 1 then 'dead' else 'retrying' end,
      now() + make_interval(secs => retry_in),
      jsonb_build_array(jsonb_build_object('at', now(), 'by', 'broker', 'reason', reason, 'pointer', pointer, 'message', message))
    from ${rowsOf(failures)} order by company_id, stream, sequence, item
    on conflict (company_id, stream, sequence, item) do update set reason = excluded.reason, pointer = excluded.pointer,
      message = excluded.message, deliveries = excluded.deliveries, max_attempts = excluded.max_attempts,
      attempts_started = greatest(f.attempts_started, f.attempts_finished + 1), attempts_finished = f.attempts_finished + 1,
      attempts = ${withAttempt('broker', 'excluded')}, last_failed_at = now(),
      next_retry_at = case when f.status = 'dead' then f.next_retry_at else excluded.next_retry_at end,
      dlq_published_at = case when f.status in ('dead', 'exhausted', 'discarded') then f.dlq_published_at end,
      status = case when f.status in ('exhausted', 'discarded') then f.status when excluded.status = 'exhausted' then 'exhausted'
        when f.status = 'dead' or f.attempts_finished + 1 >= excluded.max_attempts then 'dead' else 'retrying' end
    returning ${FAILED_EVENT_COLUMNS}`.execute(tx)).rows

/** Four begun and none ended is three that killed the process: `reason` and status say so. */
const KILLED = sql`f.status = 'retrying' and f.attempts_started - f.attempts_finished >= ${sql.lit(MOST_UNFINISHED)}`

/** What is known of a body as long as nothing has ended: it is kept before it is run. */
export const beginAttempts = async (tx: Database, events: ReadonlyArray<FailedEvent>): Promise<ReadonlyArray<FailedEventRow>> =>
  (await sql<FailedEventRow>`
    insert into daisi.failed_events as f (company_id, stream, sequence, item, subject, body, headers, published_at, reason, pointer,
      message, deliveries, max_attempts, attempts_started, attempts_finished, status, next_retry_at)
    select company_id, stream, sequence, item, subject, body, headers, to_timestamp(published_at), reason, pointer, message, deliveries,
      max_attempts, 1, 0, 'retrying', now() + make_interval(secs => retry_in)
    from ${rowsOf(events)} order by company_id, stream, sequence, item
    on conflict (company_id, stream, sequence, item) do update set
      attempts_started = f.attempts_started + case when f.status in ('retrying', 'resolved') and not (${KILLED}) then 1 else 0 end,
      reason = case when ${KILLED} then ${KILLS_PROCESS.reason} else f.reason end,
      pointer = case when ${KILLED} then ${KILLS_PROCESS.pointer} else f.pointer end,
      message = case when ${KILLED} then ${KILLS_PROCESS.message} else f.message end,
      status = case when ${KILLED} then 'exhausted' when f.status = 'resolved' then 'retrying' else f.status end, last_failed_at = now(),
      next_retry_at = case when f.status in ('retrying', 'resolved') then excluded.next_retry_at else f.next_retry_at end
    returning ${FAILED_EVENT_COLUMNS}`.execute(tx)).rows
