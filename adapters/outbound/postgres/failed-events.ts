import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { FailedEvent, FailedEvents } from '../../../application/ports/failed-events.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { attemptOwn } from './attempt.ts'
import { exhaust } from './exhausted-events.ts'
import { failureKey, toColumns, toDeadLetter, type FailedEventRow } from './failed-event-rows.ts'
import { asWriter, asWriterOfAll, type Database } from './in-role.ts'

const COLUMNS = sql`f.id, f.company_id, f.stream, f.sequence, f.item, f.subject, f.body, f.headers, f.reason, f.pointer, f.message,
  f.status, f.attempts_finished, f.max_attempts, f.deliveries, extract(epoch from f.published_at)::float8 as published_at`

/**
 * A known failure counts one attempt more and is dead when its attempts are used up, or at once when this one is final. One
 * that was resolved and fails again is published again.
 */
const upsert = async (tx: Database, failures: ReadonlyArray<FailedEvent>): Promise<ReadonlyArray<FailedEventRow>> => {
  const c = toColumns(failures)
  const { rows } = await sql<FailedEventRow>`
    insert into daisi.failed_events as f (company_id, stream, sequence, item, subject, body, headers, published_at, reason, pointer,
      message, deliveries, max_attempts, attempts_started, attempts_finished, status)
    select company_id, stream, sequence, item, subject, body, headers, to_timestamp(published_at), reason, pointer, message, deliveries,
      max_attempts, 1, 1, case when max_attempts <= 1 then 'dead' else 'retrying' end
    from unnest(${c.company}::text[], ${c.stream}::text[], ${c.sequence}::bigint[], ${c.item}::integer[], ${c.subject}::text[],
      ${c.body}::bytea[], ${c.headers}::jsonb[], ${c.publishedAt}::bigint[], ${c.reason}::text[], ${c.pointer}::text[],
      ${c.message}::text[], ${c.deliveries}::integer[], ${c.maxAttempts}::integer[])
      as n(company_id, stream, sequence, item, subject, body, headers, published_at, reason, pointer, message, deliveries, max_attempts)
    order by company_id, stream, sequence, item
    on conflict (company_id, stream, sequence, item) do update set reason = excluded.reason, pointer = excluded.pointer,
      message = excluded.message, deliveries = excluded.deliveries, max_attempts = excluded.max_attempts,
      attempts_started = f.attempts_started + 1, attempts_finished = f.attempts_finished + 1, last_failed_at = now(),
      dlq_published_at = case when f.status = 'dead' then f.dlq_published_at end,
      status = case when f.status = 'dead' or f.attempts_finished + 1 >= excluded.max_attempts then 'dead' else 'retrying' end
    returning ${COLUMNS}`.execute(tx)
  return rows
}

/** One statement cannot touch a row twice (SQLSTATE 21000). */
const distinct = (failures: ReadonlyArray<FailedEvent>): ReadonlyArray<FailedEvent> =>
  [...new Map(failures.map((failure) => [failureKey(failure), failure])).values()]

const companiesOf = (events: ReadonlyArray<{ readonly companyId: string }>): ReadonlyArray<string> =>
  [...new Set(events.map(({ companyId }) => companyId))]

const record = async (orm: MikroORM, failures: ReadonlyArray<FailedEvent>): Promise<ReadonlyArray<'dead' | 'retry'>> => {
  if (failures.length === 0) return []
  const rows = await asWriter(orm, companiesOf(failures), async (tx) => {
    const stored = await upsert(tx, distinct(failures))
    await exhaust(tx, stored.filter(({ status }) => status === 'dead'))
    return stored
  })
  const dead = new Set(rows.filter(({ status }) => status === 'dead').map((row) =>
    failureKey({ companyId: row.company_id as CompanyId, stream: row.stream, sequence: Number(row.sequence), item: row.item })))
  return failures.map((failure) => (dead.has(failureKey(failure)) ? 'dead' : 'retry'))
}

type Source = Pick<FailedEvent, 'companyId' | 'stream' | 'sequence'>

const resolve = async (orm: MikroORM, events: ReadonlyArray<Source>): Promise<void> => {
  if (events.length === 0) return
  const companies = events.map(({ companyId }): string => companyId)
  const [streams, sequences] = [events.map(({ stream }) => stream), events.map(({ sequence }) => sequence)]
  await asWriter(orm, companiesOf(events), (tx) => sql`
    update daisi.failed_events f set status = 'resolved', attempts_started = 0, attempts_finished = 0
    from unnest(${companies}::text[], ${streams}::text[], ${sequences}::bigint[]) as k(company_id, stream, sequence)
    where f.company_id = k.company_id and f.stream = k.stream and f.sequence = k.sequence and f.status = 'retrying'`.execute(tx))
}

export const postgresFailedEvents = (orm: MikroORM): FailedEvents => ({
  record: (failures) => attemptOwn(() => record(orm, failures)),
  unpublished: (limit) => attemptOwn(() => asWriterOfAll(orm, async (tx) =>
    (await sql<FailedEventRow>`select ${COLUMNS} from daisi.failed_events f
      where f.status = 'dead' and f.dlq_published_at is null order by f.id limit ${limit}`.execute(tx)).rows.map(toDeadLetter))),
  markPublished: (ids) => attemptOwn(() => asWriterOfAll(orm, async (tx) => {
    await sql`update daisi.failed_events set dlq_published_at = now()
      where id = any(${[...ids]}::bigint[]) and status = 'dead' and dlq_published_at is null`.execute(tx)
  })),
  succeeded: (events) => attemptOwn(() => resolve(orm, events)),
})
