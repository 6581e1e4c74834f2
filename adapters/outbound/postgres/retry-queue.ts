import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Concluded, RetryQueue } from '../../../application/ports/retry-queue.ts'
import { attemptOwn } from './attempt.ts'
import { exhaust, resolveExhausted } from './exhausted-events.ts'
import type { FailedEventRow, FailureId } from './failed-event-rows.ts'
import { FAILED_EVENT_COLUMNS, withAttempt } from './failed-event-statements.ts'
import { asWriterOfAll, type Database } from './in-role.ts'
import { claimDue } from './letter-claims.ts'

type Key = Pick<Concluded, 'companyId' | 'id'>

const keysOf = (letters: ReadonlyArray<Key>) => sql`unnest(${letters.map(({ companyId }): string => companyId)}::text[],
  ${letters.map(({ id }) => id)}::bigint[]) as k(company_id, id)`

const applied = async (tx: Database, letters: ReadonlyArray<Key>): Promise<void> => {
  const { rows } = await sql<FailureId>`
    update daisi.failed_events f set status = 'resolved', claims = 0, claimed_until = null, next_retry_at = null,
      attempts_started = f.attempts_finished + 1, attempts_finished = f.attempts_finished + 1, retries = f.retries + 1
    from ${keysOf(letters)} where f.company_id = k.company_id and f.id = k.id returning f.company_id, f.id`.execute(tx)
  await resolveExhausted(tx, rows)
}

const failedAgain = async (tx: Database, letters: ReadonlyArray<Concluded & { readonly outcome: 'failed' }>): Promise<void> => {
  const { rows } = await sql<FailedEventRow>`
    update daisi.failed_events f set reason = n.reason, pointer = n.pointer, message = n.message, last_failed_at = now(),
      claims = 0, claimed_until = null, retries = f.retries + 1, attempts = ${withAttempt('worker', 'n')},
      attempts_started = greatest(f.attempts_started, f.attempts_finished + 1), attempts_finished = f.attempts_finished + 1,
      next_retry_at = now() + make_interval(secs => n.retry_in),
      status = case when n.retry_in is null then 'exhausted' else 'dead' end
    from unnest(${letters.map(({ companyId }): string => companyId)}::text[], ${letters.map(({ id }) => id)}::bigint[],
        ${letters.map(({ problem }) => problem.reason)}::text[], ${letters.map(({ problem }) => problem.pointer)}::text[],
        ${letters.map(({ problem }) => problem.message)}::text[], ${letters.map(({ retryInSeconds }) => retryInSeconds ?? null)}::float8[])
      as n(company_id, id, reason, pointer, message, retry_in)
    where f.company_id = n.company_id and f.id = n.id and f.status in ('dead', 'retrying') returning ${FAILED_EVENT_COLUMNS}`.execute(tx)
  await exhaust(tx, rows.filter(({ status }) => status === 'exhausted'))
}

export const postgresRetryQueue = (orm: MikroORM): RetryQueue => ({
  claimDue: (limit, claimSeconds) => attemptOwn(() => asWriterOfAll(orm, (tx) => claimDue(tx, limit, claimSeconds))),
  conclude: (outcomes) => attemptOwn(() => asWriterOfAll(orm, async (tx) => {
    const failed = outcomes.flatMap((each) => (each.outcome === 'failed' ? [each] : []))
    await applied(tx, outcomes.filter(({ outcome }) => outcome === 'applied'))
    await failedAgain(tx, failed)
  })),
  release: (letters) => attemptOwn(() => asWriterOfAll(orm, async (tx) => {
    await sql`update daisi.failed_events f set claims = 0, claimed_until = null,
        attempts_started = least(f.attempts_started, f.attempts_finished)
      from ${keysOf(letters)} where f.company_id = k.company_id and f.id = k.id`.execute(tx)
  })),
})
