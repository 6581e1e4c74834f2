import { sql } from 'kysely'
import { KILLS_PROCESS, MOST_UNFINISHED } from '../../../application/ports/failed-events.ts'
import type { ClaimedReplay } from '../../../application/ports/replay-queue.ts'
import { toDeadLetter, type FailedEventRow } from './failed-event-rows.ts'
import { FAILED_EVENT_COLUMNS } from './failed-event-statements.ts'
import type { Database } from './in-role.ts'
import { concludeReplays } from './replay-outcomes.ts'

interface ClaimedRow extends FailedEventRow { readonly job_id: string; readonly dry_run: boolean }

const toClaimed = (row: ClaimedRow): ClaimedReplay => ({
  jobId: row.job_id, dryRun: row.dry_run, letter: toDeadLetter(row), status: row.status,
})

type ItemKey = { readonly company_id: string; readonly job_id: string; readonly failed_event_id: string; readonly dry_run: boolean }

/** The retry worker may have it in hand; it gets none that waits in a job. */
const UNHELD = sql`(i.dry_run or f.claimed_until is null or f.claimed_until < now())`

const expired = async (tx: Database, most: 'given up' | 'alone'): Promise<ReadonlyArray<ItemKey>> => {
  const claims = most === 'alone' ? sql`i.claims <= ${sql.lit(MOST_UNFINISHED)}` : sql`i.claims > ${sql.lit(MOST_UNFINISHED)}`
  const limit = most === 'alone' ? sql`limit 1` : sql``
  return (await sql<ItemKey>`select i.company_id, i.job_id, i.failed_event_id, i.dry_run
    from daisi.replay_items i join daisi.replay_jobs j on j.company_id = i.company_id and j.id = i.job_id
      join daisi.companies c on c.company_id = i.company_id join daisi.failed_events f on f.company_id = i.company_id and f.id = i.failed_event_id
    where i.status = 'waiting' and i.claims > 0 and i.claimed_until < now() and ${claims} and j.status = 'running' and c.status = 'active'
      and ${UNHELD} order by i.claimed_until ${limit} for no key update of i skip locked`.execute(tx)).rows
}

/** What a job has not used of its rate for longer is lost; without it, a runner that rests between its steps would be too slow. */
const BURST = sql`interval '0.5 second'`

/** Any job that may go on, so that none waits behind another's thousands; its throttle is moved on by what is taken of it. */
const nextOfJob = async (tx: Database, limit: number): Promise<ReadonlyArray<ItemKey>> => {
  const { rows: [job] } = await sql<{ readonly company_id: string; readonly id: string; readonly most: number }>`
    select j.company_id, j.id, least(${limit}::integer, j.per_second) as most from daisi.replay_jobs j join daisi.companies c using (company_id)
    where j.status = 'running' and j.not_before <= now() and c.status = 'active' and exists (select from daisi.replay_items i
      join daisi.failed_events f on f.company_id = i.company_id and f.id = i.failed_event_id
      where i.company_id = j.company_id and i.job_id = j.id and i.status = 'waiting' and i.claims = 0 and ${UNHELD})
    order by random() limit 1 for no key update of j skip locked`.execute(tx)
  if (job === undefined) return []
  const { rows } = await sql<ItemKey>`select i.company_id, i.job_id, i.failed_event_id, i.dry_run
    from daisi.replay_items i join daisi.failed_events f on f.company_id = i.company_id and f.id = i.failed_event_id
    where i.company_id = ${job.company_id} and i.job_id = ${job.id}::uuid and i.status = 'waiting' and i.claims = 0 and ${UNHELD}
    order by i.failed_event_id limit ${job.most} for no key update of i skip locked`.execute(tx)
  await sql`update daisi.replay_jobs set not_before = greatest(not_before, now() - ${BURST})
      + make_interval(secs => ${rows.length}::float8 / per_second)
    where company_id = ${job.company_id} and id = ${job.id}::uuid`.execute(tx)
  return rows
}

const claim = async (tx: Database, items: ReadonlyArray<ItemKey>, claimSeconds: number): Promise<ReadonlyArray<ClaimedReplay>> => {
  const { rows } = await sql<ClaimedRow>`
    with claimed as (update daisi.replay_items i set claims = i.claims + 1, claimed_until = now() + make_interval(secs => ${claimSeconds}::float8)
      from unnest(${items.map((key) => key.company_id)}::text[], ${items.map((key) => key.job_id)}::uuid[],
        ${items.map((key) => key.failed_event_id)}::bigint[]) as k(company_id, job_id, failed_event_id)
      where i.company_id = k.company_id and i.job_id = k.job_id and i.failed_event_id = k.failed_event_id
      returning i.company_id, i.job_id, i.failed_event_id, i.dry_run)
    select ${FAILED_EVENT_COLUMNS}, coalesce(f.edited_body, f.body) as body, k.job_id, k.dry_run
    from claimed k join daisi.failed_events f on f.company_id = k.company_id and f.id = k.failed_event_id order by f.id`.execute(tx)
  return rows.map(toClaimed)
}

/** Claimed alone as often as is allowed, and never ended: only an operator's next replay tries it again. */
const setKillersAside = async (tx: Database): Promise<void> => {
  const killers = await expired(tx, 'given up')
  await concludeReplays(tx, killers.map(({ company_id, job_id, failed_event_id, dry_run }) => ({
    companyId: company_id as ClaimedReplay['letter']['companyId'], jobId: job_id, id: Number(failed_event_id), dryRun: dry_run,
    outcome: 'failed', problem: KILLS_PROCESS })))
}

/** See `ReplayQueue.claim`. */
export const claimReplays = async (tx: Database, limit: number, claimSeconds: number): Promise<ReadonlyArray<ClaimedReplay>> => {
  await setKillersAside(tx)
  const alone = await expired(tx, 'alone')
  const items = alone.length > 0 ? alone : await nextOfJob(tx, limit)
  return items.length === 0 ? [] : claim(tx, items, claimSeconds)
}
