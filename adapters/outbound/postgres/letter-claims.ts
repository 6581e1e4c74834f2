import { sql, type RawBuilder } from 'kysely'
import { KILLS_PROCESS, MOST_UNFINISHED } from '../../../application/ports/failed-events.ts'
import type { ClaimedLetter } from '../../../application/ports/retry-queue.ts'
import { exhaust } from './exhausted-events.ts'
import { toDeadLetter, type FailedEventRow } from './failed-event-rows.ts'
import { FAILED_EVENT_COLUMNS } from './failed-event-statements.ts'
import type { Database } from './in-role.ts'

interface ClaimedRow extends FailedEventRow { readonly retries: number }

/** The edited body is what is applied; the original stays in `body`. */
const CLAIMED_COLUMNS = sql`${FAILED_EVENT_COLUMNS}, f.retries, coalesce(f.edited_body, f.body) as body`

const toClaimed = (row: ClaimedRow): ClaimedLetter => ({ ...toDeadLetter(row), retries: row.retries })

/** What a claim is made of: `wanted` selects (company_id, id) of letters that nobody holds, locked with `skip locked`. */
const claim = async (tx: Database, wanted: RawBuilder<unknown>, claimSeconds: number, started: 0 | 1): Promise<ReadonlyArray<ClaimedRow>> =>
  (await sql<ClaimedRow>`update daisi.failed_events f set claims = f.claims + 1,
      claimed_until = now() + make_interval(secs => ${claimSeconds}::float8), attempts_started = f.attempts_started + ${started}::integer
    from (${wanted}) w where f.company_id = w.company_id and f.id = w.id returning ${CLAIMED_COLUMNS}`.execute(tx)).rows

/** Started alone as often as is allowed, and never ended: nobody tries it again but an operator. */
const setKillersAside = async (tx: Database): Promise<void> => {
  const { rows } = await sql<FailedEventRow>`update daisi.failed_events f set status = 'exhausted', reason = ${KILLS_PROCESS.reason},
      pointer = ${KILLS_PROCESS.pointer}, message = ${KILLS_PROCESS.message}, claims = 0, claimed_until = null, next_retry_at = null
    where f.status in ('dead', 'retrying') and f.claims > 0 and f.claimed_until < now()
      and f.attempts_started - f.attempts_finished >= ${MOST_UNFINISHED} returning ${FAILED_EVENT_COLUMNS}`.execute(tx)
  await exhaust(tx, rows)
}

const UNHELD = sql`(f.claimed_until is null or f.claimed_until < now())`

/** One letter whose claim ran out goes alone, so that what kills a process is known by its name. */
const suspect = (due: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select f.company_id, f.id from daisi.failed_events f join daisi.companies c using (company_id)
  where ${due} and f.claims > 0 and f.claimed_until < now() and c.status = 'active' order by f.claimed_until limit 1
  for update of f skip locked`

/** The oldest of each company, so that none waits behind another's thousands. */
const byTurns = (due: RawBuilder<unknown>, limit: number): RawBuilder<unknown> => sql`
  select d.company_id, d.id from (
      select company_id, count(*) over () as companies from daisi.failed_events f join daisi.companies c using (company_id)
      where ${due} and ${UNHELD} and c.status = 'active' group by company_id) w
    cross join lateral (
      select f.company_id, f.id from daisi.failed_events f
      where f.company_id = w.company_id and ${due} and f.claims = 0 and ${UNHELD}
      order by f.next_retry_at limit greatest(1, ${limit}::bigint / w.companies)
      for update skip locked) d
  limit ${limit}`

/** By then the broker has either delivered a `retrying` one again or lost the count of it: the worker takes it over. */
const FORGOTTEN = sql`interval '1 hour'`

/** What an operator replays is left to the replay. */
const DUE = sql`f.status in ('dead', 'retrying')
  and f.next_retry_at <= case f.status when 'dead' then now() else now() - ${FORGOTTEN} end
  and not exists (select from daisi.replay_items i
    where i.company_id = f.company_id and i.failed_event_id = f.id and i.status = 'waiting' and not i.dry_run)`

/** See `RetryQueue.claimDue`. */
export const claimDue = async (tx: Database, limit: number, claimSeconds: number): Promise<ReadonlyArray<ClaimedLetter>> => {
  await setKillersAside(tx)
  const alone = await claim(tx, suspect(DUE), claimSeconds, 1)
  const rows = alone.length > 0 ? alone : await claim(tx, byTurns(DUE, limit), claimSeconds, 0)
  return rows.map(toClaimed)
}
