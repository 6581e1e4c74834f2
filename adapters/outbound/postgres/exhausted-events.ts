import { sql } from 'kysely'
import { deadLetterBody } from '../../../application/dead-letter-body.ts'
import { toDeadLetter, type FailedEventRow } from './failed-event-rows.ts'
import type { Database } from './in-role.ts'

/** The body as text, if jsonb may be able to take it; the statement asks PostgreSQL itself. */
const asText = (body: Buffer): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body).replaceAll('\0', '\ufffd')
  } catch {
    return null
  }
}

/**
 * Keeps the operators' table in step with dead failures (contract 6.4, 7.6). A body that jsonb cannot hold stays in
 * `failed_events.body`; here `original_payload` is null and the DLQ payload carries it as base64.
 */
export const exhaust = async (tx: Database, dead: ReadonlyArray<FailedEventRow>): Promise<void> => {
  if (dead.length === 0) return
  const letters = dead.map((row) => ({ row, text: asText(row.body), dlq: JSON.stringify(deadLetterBody(toDeadLetter(row))) }))
  await sql`insert into daisi.exhausted_events (company_id, id, source_subject, last_error, retry_count, event_timestamp, dlq_payload, original_payload)
    select n.company_id, n.id, n.subject, n.error, n.attempts, to_timestamp(n.published_at),
      n.dlq || case when pg_input_is_valid(n.body, 'jsonb') then jsonb_build_object('original_payload', n.body::jsonb)
        else jsonb_build_object('original_payload_base64', n.encoded) end,
      case when pg_input_is_valid(n.body, 'jsonb') then n.body::jsonb end
    from unnest(${letters.map(({ row }) => row.company_id)}::text[], ${letters.map(({ row }) => row.id)}::bigint[], ${letters.map(({ row }) => row.subject)}::text[],
      ${letters.map(({ row }) => `${row.reason}: ${row.message}`)}::text[], ${letters.map(({ row }) => row.attempts_finished)}::bigint[],
      ${letters.map(({ row }) => toDeadLetter(row).publishedAt)}::bigint[], ${letters.map(({ dlq }) => dlq)}::jsonb[], ${letters.map(({ text }) => text)}::text[],
      ${letters.map(({ row }) => row.body.toString('base64'))}::text[])
      as n(company_id, id, subject, error, attempts, published_at, dlq, body, encoded)
    on conflict (company_id, id) do update set last_error = excluded.last_error, retry_count = excluded.retry_count`.execute(tx)
}
