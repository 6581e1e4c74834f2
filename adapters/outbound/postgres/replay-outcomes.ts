import { sql } from 'kysely'
import { KILLS_PROCESS } from '../../../application/ports/failed-events.ts'
import type { ReplayOutcome } from '../../../application/ports/replay-queue.ts'
import { exhaust, resolveExhausted } from './exhausted-events.ts'
import type { FailedEventRow, FailureId } from './failed-event-rows.ts'
import { FAILED_EVENT_COLUMNS, withAttempt } from './failed-event-statements.ts'
import type { Database } from './in-role.ts'

type Failed = ReplayOutcome & { readonly outcome: 'failed' }

const companies = (outcomes: ReadonlyArray<ReplayOutcome>): ReadonlyArray<string> => outcomes.map(({ companyId }) => companyId)

const jobs = (outcomes: ReadonlyArray<ReplayOutcome>) => sql`unnest(${companies(outcomes)}::text[],
  ${outcomes.map(({ jobId }) => jobId)}::uuid[]) as k(company_id, id)`

const reasonOf = (each: ReplayOutcome): string | null => {
  if (each.outcome === 'failed') return each.problem.reason
  return each.outcome === 'skipped' ? each.reason : null
}

const changesOf = (each: ReplayOutcome): string | null =>
  (each.outcome === 'applied' && each.changes !== undefined ? JSON.stringify(each.changes) : null)

/** Before their items: two that end a job's last items at once must see each other, or neither finishes it. */
const lockJobs = async (tx: Database, outcomes: ReadonlyArray<ReplayOutcome>): Promise<void> => {
  await sql`select from daisi.replay_jobs j where (j.company_id, j.id) in (select k.company_id, k.id from ${jobs(outcomes)})
    order by j.company_id, j.id for no key update`.execute(tx)
}

/** An item that was aborted while it was in hand has its outcome all the same. */
const writeItems = async (tx: Database, outcomes: ReadonlyArray<ReplayOutcome>): Promise<void> => {
  await sql`update daisi.replay_items i set status = n.status, reason = n.reason, changes = n.changes, finished_at = now(), claimed_until = null
    from unnest(${companies(outcomes)}::text[], ${outcomes.map(({ jobId }) => jobId)}::uuid[], ${outcomes.map(({ id }) => id)}::bigint[],
        ${outcomes.map(({ outcome }) => outcome)}::text[], ${outcomes.map(reasonOf)}::text[], ${outcomes.map(changesOf)}::jsonb[])
      as n(company_id, job_id, id, status, reason, changes)
    where i.company_id = n.company_id and i.job_id = n.job_id and i.failed_event_id = n.id and i.status in ('waiting', 'aborted')`.execute(tx)
}

const finishJobs = async (tx: Database, outcomes: ReadonlyArray<ReplayOutcome>): Promise<void> => {
  await sql`update daisi.replay_jobs j set status = 'finished', finished_at = now() where j.status = 'running'
      and (j.company_id, j.id) in (select k.company_id, k.id from ${jobs(outcomes)})
      and not exists (select from daisi.replay_items i where i.company_id = j.company_id and i.job_id = j.id and i.status = 'waiting')`
    .execute(tx)
}

/** What the broker delivers again meanwhile has a fate of its own. */
const TOUCHABLE = sql`f.status in ('dead', 'exhausted', 'discarded')`

const resolve = async (tx: Database, applied: ReadonlyArray<ReplayOutcome>): Promise<void> => {
  const { rows } = await sql<FailureId>`
    update daisi.failed_events f set status = 'resolved', next_retry_at = null, claims = 0, claimed_until = null,
      attempts_started = f.attempts_finished + 1, attempts_finished = f.attempts_finished + 1
    from unnest(${companies(applied)}::text[], ${applied.map(({ id }) => id)}::bigint[]) as k(company_id, id)
    where f.company_id = k.company_id and f.id = k.id and ${TOUCHABLE} returning f.company_id, f.id`.execute(tx)
  await resolveExhausted(tx, rows)
}

/** One attempt more, and the newest reason; whether the worker still tries stays as it was, unless it kills the process. */
const failAgain = async (tx: Database, failed: ReadonlyArray<Failed>): Promise<void> => {
  const { rows } = await sql<FailedEventRow>`
    update daisi.failed_events f set reason = n.reason, pointer = n.pointer, message = n.message, last_failed_at = now(),
      attempts = ${withAttempt('replay', 'n')}, attempts_finished = f.attempts_finished + 1,
      attempts_started = greatest(f.attempts_started, f.attempts_finished + 1),
      status = case when f.status = 'dead' and n.reason = ${KILLS_PROCESS.reason} then 'exhausted' else f.status end
    from unnest(${companies(failed)}::text[], ${failed.map(({ id }) => id)}::bigint[], ${failed.map(({ problem }) => problem.reason)}::text[],
        ${failed.map(({ problem }) => problem.pointer)}::text[], ${failed.map(({ problem }) => problem.message)}::text[])
      as n(company_id, id, reason, pointer, message)
    where f.company_id = n.company_id and f.id = n.id and ${TOUCHABLE} returning ${FAILED_EVENT_COLUMNS}`.execute(tx)
  await exhaust(tx, rows.filter(({ status }) => status === 'exhausted'))
}

/** See `ReplayQueue.conclude`. */
export const concludeReplays = async (tx: Database, outcomes: ReadonlyArray<ReplayOutcome>): Promise<void> => {
  if (outcomes.length === 0) return
  await lockJobs(tx, outcomes)
  await writeItems(tx, outcomes)
  const real = outcomes.filter(({ dryRun }) => !dryRun)
  await resolve(tx, real.filter(({ outcome }) => outcome === 'applied' || outcome === 'unchanged'))
  await failAgain(tx, real.flatMap((each) => (each.outcome === 'failed' ? [each] : [])))
  await finishJobs(tx, outcomes)
}
