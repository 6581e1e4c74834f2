import { sql } from 'kysely'
import { deadLetterBody } from '../../../application/ports/dead-letter-body.ts'
import { toDeadLetter, type FailedEventRow, type FailureId } from './failed-event-rows.ts'
import type { Database } from './in-role.ts'

/** PostgreSQL parses JSON by recursion and gives up with an error, not an answer (SQLSTATE 54001), some thousands deep. */
const MOST_BRACKETS = 1_000

/** Opening brackets, strings included: never fewer than the depth. */
const deepestPossible = (text: string): number => text.match(/[[{]/g)?.length ?? 0

const deepest = (text: string): number => {
  let [depth, most] = [0, 0]
  for (const character of text) {
    if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth -= 1
    most = Math.max(most, depth)
  }
  return most
}

const isDeep = (text: string): boolean => deepestPossible(text) > MOST_BRACKETS && deepest(text) > MOST_BRACKETS

/** The body as text where jsonb may be able to take it; the statement then asks PostgreSQL itself. */
const asText = (body: Buffer): string | null => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    return text.includes('\0') || isDeep(text) ? null : text
  } catch {
    return null
  }
}

const toColumns = (dead: ReadonlyArray<FailedEventRow>) => ({
  company: dead.map((row) => row.company_id), id: dead.map((row) => row.id), subject: dead.map((row) => row.subject),
  error: dead.map((row) => `${row.reason}: ${row.message}`), attempts: dead.map((row) => row.attempts_finished),
  publishedAt: dead.map((row) => row.published_at), letter: dead.map((row) => JSON.stringify(deadLetterBody(toDeadLetter(row)))),
  text: dead.map((row) => asText(row.body)), base64: dead.map((row) => row.body.toString('base64')),
})

/**
 * Keeps the operators' table in step with exhausted failures (contract 6.4, 7.6). A body that jsonb cannot hold stays in
 * `failed_events.body`; here `original_payload` is null and the DLQ payload carries it as base64.
 */
export const exhaust = async (tx: Database, dead: ReadonlyArray<FailedEventRow>): Promise<void> => {
  if (dead.length === 0) return
  const c = toColumns(dead)
  await sql`
    insert into daisi.exhausted_events as e (company_id, id, source_subject, last_error, retry_count, event_timestamp, dlq_payload,
      original_payload)
    select company_id, id, subject, error, attempts, to_timestamp(published_at),
      letter || case when payload is null then jsonb_build_object('original_payload_base64', base64)
        else jsonb_build_object('original_payload', payload) end, payload
    from (select *, case when pg_input_is_valid(text, 'jsonb') then text::jsonb end as payload
      from unnest(${c.company}::text[], ${c.id}::bigint[], ${c.subject}::text[], ${c.error}::text[], ${c.attempts}::bigint[],
        ${c.publishedAt}::float8[], ${c.letter}::jsonb[], ${c.text}::text[], ${c.base64}::text[])
        as n(company_id, id, subject, error, attempts, published_at, letter, text, base64)) letters
    on conflict (company_id, id) do update set last_error = excluded.last_error, retry_count = excluded.retry_count,
      dlq_payload = excluded.dlq_payload`.execute(tx)
}

/** What went through after all, or was given up with a note, is no operator's business any more (contract 6.4). */
export const resolveExhausted = async (
  tx: Database, resolved: ReadonlyArray<FailureId>, note: string | null = null,
): Promise<void> => {
  if (resolved.length === 0) return
  await sql`update daisi.exhausted_events e set resolved = true, resolved_at = now(), notes = coalesce(${note}::text, e.notes)
    from unnest(${resolved.map((row) => row.company_id)}::text[], ${resolved.map((row) => row.id)}::bigint[]) as k(company_id, id)
    where e.company_id = k.company_id and e.id = k.id and not e.resolved`.execute(tx)
}
