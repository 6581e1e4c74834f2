import type { MikroORM } from '@mikro-orm/postgresql'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { sql, type RawBuilder } from 'kysely'
import type { FailedEvent } from '../../../application/ports/failed-events.ts'
import type { AuditEntry, DeskTx, NewReplayJob, OperatorDesk, TakenEvent } from '../../../application/ports/operator-desk.ts'
import type { Selection } from '../../../application/ports/replay-job-finder.ts'
import { allOrNone } from './all-or-none.ts'
import { attemptOwn } from './attempt.ts'
import { heldCompany, writeCompany } from './company-rows.ts'
import { resolveExhausted } from './exhausted-events.ts'
import { meeting } from './failed-event-finder.ts'
import { toDeadLetter, type FailedEventRow, type FailureId } from './failed-event-rows.ts'
import { FAILED_EVENT_COLUMNS } from './failed-event-statements.ts'
import { asOperator, type Database } from './in-role.ts'
import { isUuid } from './uuid.ts'

type Company = FailedEvent['companyId']

const selecting = (selection: Selection): RawBuilder<unknown> => {
  if ('ids' in selection) return sql`and f.id = any(${[...selection.ids]}::bigint[])`
  const open = selection.conditions.status === undefined ? sql`and f.status in ('dead', 'exhausted')` : sql``
  return sql`${open} ${meeting(selection.conditions)}`
}

/** Locked in one order, so that two operators with overlapping sets wait for each other instead of deadlocking. */
const take = async (tx: Database, selection: Selection, limit: number): Promise<ReadonlyArray<TakenEvent>> =>
  (await sql<TakenEvent>`select f.id::float8 as id, f.status, coalesce(f.claimed_until > now(), false) as "isClaimed"
    from daisi.failed_events f where true ${selecting(selection)} order by f.id limit ${limit} for no key update`.execute(tx)).rows

const read = async (tx: Database, id: number) => {
  const { rows: [row] } = await sql<FailedEventRow>`select ${FAILED_EVENT_COLUMNS} from daisi.failed_events f where f.id = ${id}`.execute(tx)
  return row === undefined ? undefined : toDeadLetter(row)
}

const jobHolding = async (tx: Database, ids: ReadonlyArray<number>): Promise<string | undefined> =>
  (await sql<{ readonly id: string }>`select i.job_id as id from daisi.replay_items i
    where i.failed_event_id = any(${[...ids]}::bigint[]) and i.status = 'waiting' and not i.dry_run limit 1`.execute(tx)).rows[0]?.id

const edit = async (tx: Database, id: number, body: Uint8Array, by: string): Promise<void> => {
  await sql`update daisi.failed_events f set edited_body = ${Buffer.from(body)}::bytea, edited_by = ${by}, edited_at = now()
    where f.id = ${id}`.execute(tx)
}

const discard = async (tx: Database, ids: ReadonlyArray<number>, note: string): Promise<void> => {
  const { rows } = await sql<FailureId>`
    update daisi.failed_events f set status = 'discarded', note = ${note}, next_retry_at = null, claims = 0, claimed_until = null
    where f.id = any(${[...ids]}::bigint[]) returning f.company_id, f.id`.execute(tx)
  await resolveExhausted(tx, rows, note)
}

const createJob = async (tx: Database, companyId: Company, { requestedBy, selection, dryRun, perSecond, eventIds }: NewReplayJob) => {
  const { rows: [job] } = await sql<{ readonly id: string }>`
    insert into daisi.replay_jobs (company_id, id, dry_run, requested_by, filter, per_second, status, total)
    values (${companyId}, gen_random_uuid(), ${dryRun}, ${requestedBy}, ${JSON.stringify(selection)}::jsonb, ${perSecond}, 'running',
      ${eventIds.length}) returning id`.execute(tx)
  if (job === undefined) throw new Error('a replay job was not stored')
  await sql`insert into daisi.replay_items (company_id, job_id, failed_event_id, dry_run)
    select ${companyId}, ${job.id}::uuid, e, ${dryRun}::boolean from unnest(${[...eventIds]}::bigint[]) as e`.execute(tx)
  return job.id
}

const abortJob = async (tx: Database, jobId: string): Promise<number | undefined> => {
  if (!isUuid(jobId)) return undefined
  const { rows } = await sql`update daisi.replay_jobs set status = 'aborted', finished_at = now()
    where id = ${jobId}::uuid and status = 'running' returning id`.execute(tx)
  if (rows.length === 0) return undefined
  const { rows: items } = await sql`update daisi.replay_items set status = 'aborted', finished_at = now()
    where job_id = ${jobId}::uuid and status = 'waiting' returning failed_event_id`.execute(tx)
  return items.length
}

const audit = async (tx: Database, companyId: Company, { actor, action, target, outcome, details }: AuditEntry): Promise<void> => {
  await sql`insert into daisi.operator_audit (company_id, actor, action, target, outcome, details)
    values (${companyId}, ${actor}, ${action}, ${target}, ${outcome}, ${JSON.stringify(details)}::jsonb)`.execute(tx)
}

const isActive = async (tx: Database, companyId: Company): Promise<boolean> =>
  (await sql`select from daisi.companies where company_id = ${companyId} and status = 'active'`.execute(tx)).rows.length > 0

const deskTx = (tx: Database, companyId: Company): DeskTx => ({
  companyIsActive: () => attemptOwn(() => isActive(tx, companyId)),
  company: () => attemptOwn(() => heldCompany(tx, companyId)),
  changeCompany: (company) => attemptOwn(() => writeCompany(tx, company)),
  take: (selection, limit) => attemptOwn(() => take(tx, selection, limit)),
  read: (id) => attemptOwn(() => read(tx, id)),
  jobHolding: (ids) => attemptOwn(() => jobHolding(tx, ids)),
  edit: (id, body, by) => attemptOwn(() => edit(tx, id, body, by)),
  discard: (ids, note) => attemptOwn(() => discard(tx, ids, note)),
  createJob: (job) => attemptOwn(() => createJob(tx, companyId, job)),
  abortJob: (jobId) => attemptOwn(() => abortJob(tx, jobId)),
  audit: (entry) => attemptOwn(() => audit(tx, companyId, entry)),
})

export const postgresOperatorDesk = (orm: MikroORM): OperatorDesk => ({
  transact: (companyId, work) => pipe(
    attemptOwn(() => allOrNone((inner) => asOperator(orm, companyId, inner), (tx: Database) => work(deskTx(tx, companyId)))),
    TE.chain(TE.fromEither),
  ),
})
