import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { FailedEvent, FailedEvents } from '../../../application/ports/failed-events.ts'
import { attemptOwn } from './attempt.ts'
import { exhaust } from './exhausted-events.ts'
import { toDeadLetter, WHOLE_EVENT, type FailedEventRow } from './failed-event-rows.ts'
import { asWriter, type Database } from './in-role.ts'

const FINAL_ATTEMPTS = 1

const columns = (failures: ReadonlyArray<FailedEvent>) => ({
  company: failures.map((f): string => f.companyId), stream: failures.map((f) => f.stream), sequence: failures.map((f) => f.sequence),
  item: failures.map((f) => f.item ?? WHOLE_EVENT), subject: failures.map((f) => f.subject), body: failures.map((f) => Buffer.from(f.body)),
  headers: failures.map((f) => JSON.stringify(f.headers)), publishedAt: failures.map((f) => f.publishedAt), reason: failures.map((f) => f.reason),
  pointer: failures.map((f) => f.pointer), message: failures.map((f) => f.message), deliveries: failures.map((f) => f.deliveries),
  most: failures.map((f) => (f.fate.type === 'final' ? FINAL_ATTEMPTS : f.fate.maxAttempts)),
})

/** Set-based; a known failure counts one attempt more and is dead when its attempts are used up, or at once when this one is final. */
const upsert = async (tx: Database, failures: ReadonlyArray<FailedEvent>): Promise<ReadonlyArray<FailedEventRow>> => {
  const c = columns(failures)
  const { rows } = await sql<FailedEventRow>`insert into daisi.failed_events as f (company_id, stream, sequence, item, subject, body, headers, published_at, reason,
      pointer, message, deliveries, attempts_started, attempts_finished, status)
    select company_id, stream, sequence, item, subject, body, headers, to_timestamp(published_at), reason, pointer, message, deliveries, 1, 1,
      case when most <= 1 then 'dead' else 'retrying' end
    from unnest(${c.company}::text[], ${c.stream}::text[], ${c.sequence}::bigint[], ${c.item}::integer[], ${c.subject}::text[], ${c.body}::bytea[],
      ${c.headers}::jsonb[], ${c.publishedAt}::bigint[], ${c.reason}::text[], ${c.pointer}::text[], ${c.message}::text[], ${c.deliveries}::integer[], ${c.most}::integer[])
      as n(company_id, stream, sequence, item, subject, body, headers, published_at, reason, pointer, message, deliveries, most)
    order by company_id, stream, sequence, item
    on conflict (company_id, stream, sequence, item) do update set reason = excluded.reason, pointer = excluded.pointer, message = excluded.message,
      deliveries = excluded.deliveries, attempts_started = f.attempts_started + 1, attempts_finished = f.attempts_finished + 1, last_failed_at = now(),
      status = case when f.status = 'dead' or excluded.status = 'dead' or f.attempts_finished + 1 >= ${Math.max(...c.most)}::integer then 'dead' else 'retrying' end
    returning f.*`.execute(tx)
  return rows
}

const identityOf = (company: string, stream: string, sequence: number | string, item: number): string => `${company} ${stream} ${sequence} ${item}`

export const postgresFailedEvents = (orm: MikroORM): FailedEvents => ({
  record: (failures) => attemptOwn(async () => {
    if (failures.length === 0) return []
    const rows = await asWriter(orm, [], async (tx) => {
      const stored = await upsert(tx, failures)
      await exhaust(tx, stored.filter(({ status }) => status === 'dead'))
      return stored
    })
    const status = new Map(rows.map((row) => [identityOf(row.company_id, row.stream, row.sequence, row.item), row.status]))
    return failures.map((f) => (status.get(identityOf(f.companyId, f.stream, f.sequence, f.item ?? WHOLE_EVENT)) === 'dead' ? 'dead' : 'retry'))
  }),
  unpublished: (limit) => attemptOwn(() => asWriter(orm, [], async (tx) =>
    (await sql<FailedEventRow>`select * from daisi.failed_events where status = 'dead' and dlq_published_at is null order by id limit ${limit}`.execute(tx))
      .rows.map(toDeadLetter))),
  markPublished: (ids) => attemptOwn(() => asWriter(orm, [], async (tx) => {
    await sql`update daisi.failed_events set dlq_published_at = now() where id = any(${[...ids]}::bigint[])`.execute(tx)
  })),
  succeeded: (events) => attemptOwn(async () => {
    if (events.length === 0) return
    const [companies, streams, sequences] = [events.map((e): string => e.companyId), events.map((e) => e.stream), events.map((e) => e.sequence)]
    await asWriter(orm, [], (tx) => sql`update daisi.failed_events f set status = 'resolved' from unnest(${companies}::text[], ${streams}::text[], ${sequences}::bigint[])
      as k(company_id, stream, sequence) where f.company_id = k.company_id and f.stream = k.stream and f.sequence = k.sequence and f.status = 'retrying'`.execute(tx))
  }),
})
