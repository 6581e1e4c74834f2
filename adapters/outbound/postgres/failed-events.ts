import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { FailedEvent, FailedEvents, Succeeded } from '../../../application/ports/failed-events.ts'
import { attemptOwn } from './attempt.ts'
import { exhaust, resolveExhausted } from './exhausted-events.ts'
import { failureKey, toDeadLetter, type FailedEventRow, type FailureId } from './failed-event-rows.ts'
import { beginAttempts, FAILED_EVENT_COLUMNS, isBrokers, recordFailures } from './failed-event-statements.ts'
import { asWriter, asWriterOfAll, type Database } from './in-role.ts'

/** One statement cannot touch a row twice (SQLSTATE 21000). */
const distinct = (failures: ReadonlyArray<FailedEvent>): ReadonlyArray<FailedEvent> =>
  [...new Map(failures.map((failure) => [failureKey(failure), failure])).values()]

const companiesOf = (events: ReadonlyArray<{ readonly companyId: string }>): ReadonlyArray<string> =>
  [...new Set(events.map(({ companyId }) => companyId))]

type Statement = (tx: Database, failures: ReadonlyArray<FailedEvent>) => Promise<ReadonlyArray<FailedEventRow>>

/** Runs the statement, keeps `exhausted_events` in step, and answers each failure's row, in order; none of what stays as it is. */
const storing = async (
  orm: MikroORM, failures: ReadonlyArray<FailedEvent>, statement: Statement,
): Promise<ReadonlyArray<FailedEventRow | undefined>> => {
  if (failures.length === 0) return []
  const rows = await asWriter(orm, companiesOf(failures), async (tx) => {
    const stored = await statement(tx, distinct(failures))
    await exhaust(tx, stored.filter(({ status }) => status === 'exhausted'))
    return stored
  })
  const byKey = new Map(rows.map((row) => [failureKey(toDeadLetter(row)), row]))
  return failures.map((failure) => byKey.get(failureKey(failure)))
}

/** Column by column, for `unnest`. */
const sourcesOf = (events: ReadonlyArray<Succeeded>) => ({
  company: events.map(({ companyId }): string => companyId), stream: events.map(({ stream }) => stream),
  sequence: events.map(({ sequence }) => sequence), publishedAt: events.map(({ publishedAt }): number => publishedAt),
})

/** Column by column, for `unnest`: the items of the events that stay as they are. */
const staying = (events: ReadonlyArray<Succeeded>) => {
  const items = events.flatMap((event) => (event.failedItems ?? []).map((item) => ({ ...event, item })))
  const { company, stream, sequence, publishedAt } = sourcesOf(items)
  return sql`unnest(${company}::text[], ${stream}::text[], ${sequence}::bigint[], ${publishedAt}::bigint[],
    ${items.map(({ item }) => item)}::integer[]) as s(company_id, stream, sequence, published_at, item)`
}

const resolve = async (orm: MikroORM, events: ReadonlyArray<Succeeded>): Promise<void> => {
  if (events.length === 0) return
  const { company, stream, sequence, publishedAt } = sourcesOf(events)
  await asWriter(orm, companiesOf(events), async (tx) => {
    const { rows } = await sql<FailureId>`
      update daisi.failed_events f set status = 'resolved', attempts_started = 0, attempts_finished = 0, next_retry_at = null
      from unnest(${company}::text[], ${stream}::text[], ${sequence}::bigint[], ${publishedAt}::bigint[])
        as k(company_id, stream, sequence, published_at)
      where f.company_id = k.company_id and f.stream = k.stream and f.sequence = k.sequence
        and f.published_at = to_timestamp(k.published_at) and f.status in ('retrying', 'dead', 'exhausted')
        and not exists (select from ${staying(events)} where s.company_id = f.company_id and s.stream = f.stream
          and s.sequence = f.sequence and s.published_at = k.published_at and s.item = f.item)
      returning f.company_id, f.id`.execute(tx)
    await resolveExhausted(tx, rows)
  })
}

/** Without their bodies: the length of one is known without reading it. */
const oldestUnpublished = (limit: number) => sql`(
  select company_id, id, sum(bytes) over (order by id) - bytes as bytes_before from (
    select company_id, id, octet_length(body) as bytes from daisi.failed_events
    where status in ('dead', 'exhausted') and dlq_published_at is null order by id limit ${limit}) oldest)`

export const postgresFailedEvents = (orm: MikroORM): FailedEvents => ({
  record: (failures) => attemptOwn(async () =>
    (await storing(orm, failures, recordFailures)).map((row) => (row !== undefined && isBrokers(row) ? 'retry' : 'dead'))),
  begin: (events) => attemptOwn(async () => (await storing(orm, events, beginAttempts)).map((row) => {
    if (row === undefined) return 'dead'
    return isBrokers(row) ? 'run' : 'killed'
  })),
  unpublished: (limit, mostBytes) => attemptOwn(() => asWriterOfAll(orm, async (tx) =>
    (await sql<FailedEventRow>`select ${FAILED_EVENT_COLUMNS} from ${oldestUnpublished(limit)} w
      join daisi.failed_events f on f.company_id = w.company_id and f.id = w.id
      where ${mostBytes === undefined ? sql`true` : sql`w.bytes_before < ${mostBytes}`} order by f.id`.execute(tx)).rows.map(toDeadLetter))),
  markPublished: (ids) => attemptOwn(() => asWriterOfAll(orm, async (tx) => {
    await sql`update daisi.failed_events set dlq_published_at = now()
      where id = any(${[...ids]}::bigint[]) and status in ('dead', 'exhausted') and dlq_published_at is null`.execute(tx)
  })),
  succeeded: (events) => attemptOwn(() => resolve(orm, events)),
})
