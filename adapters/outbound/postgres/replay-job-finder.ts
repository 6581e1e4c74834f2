import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import {
  replayItemStatuses, type FoundReplayItem, type FoundReplayJob, type ReplayJobFinder,
} from '../../../application/ports/replay-job-finder.ts'
import { instant, keysetClauses, micros, toPage, type Keyset } from './finder-pages.ts'
import { present, type Nullable } from './finder-rows.ts'
import { looking, type OperatorScope } from './operator-scope.ts'
import { isUuid } from './uuid.ts'

type JobRow = Nullable<FoundReplayJob>
type ItemRow = Nullable<FoundReplayItem>

const NO_COUNTS = JSON.stringify(Object.fromEntries(replayItemStatuses.map((status) => [status, 0])))

const selected = sql`
  select j.id, j.company_id as "companyId", j.dry_run as "dryRun", j.requested_by as "requestedBy", j.per_second as "perSecond", j.status,
    j.total, ${sql.lit(NO_COUNTS)}::jsonb || coalesce((select jsonb_object_agg(s.status, s.items) from (select i.status, count(*) as items
      from daisi.replay_items i where i.company_id = j.company_id and i.job_id = j.id group by i.status) s), '{}') as counts,
    ${micros(sql`j.created_at`)} as "createdAt", ${micros(sql`j.finished_at`)} as "finishedAt"
  from daisi.replay_jobs j where true`

const latest: Keyset = { at: sql`j.created_at`, id: sql`j.id`, place: ({ at, id }) => sql`(${instant(at)}, ${id}::uuid)` }

export const postgresReplayJobFinder = (orm: MikroORM, scope: OperatorScope): ReplayJobFinder => ({
  page: (request) => looking(orm, scope, async (tx) =>
    toPage<FoundReplayJob>(request, (await sql<JobRow>`${selected} ${keysetClauses(latest, request)}`.execute(tx)).rows)),
  byIds: (ids) => looking(orm, scope, async (tx) => {
    const { rows } = await sql<JobRow>`${selected} and j.id = any(${ids.filter(isUuid)}::uuid[])`.execute(tx)
    return new Map(rows.map((row) => present<FoundReplayJob>(row)).map((job) => [job.id, job]))
  }),
  items: (jobId, size, after = 0) => looking(orm, scope, async (tx) => (await sql<ItemRow>`
    select i.failed_event_id::float8 as "failedEventId", i.status, i.reason, i.changes, ${micros(sql`i.finished_at`)} as "finishedAt"
    from daisi.replay_items i where i.job_id = any(${[jobId].filter(isUuid)}::uuid[]) and i.failed_event_id > ${after}
    order by i.failed_event_id limit ${size}`.execute(tx)).rows.map((row) => present<FoundReplayItem>(row))),
})
