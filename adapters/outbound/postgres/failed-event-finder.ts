import type { MikroORM } from '@mikro-orm/postgresql'
import { sql, type RawBuilder } from 'kysely'
import type {
  FailedEventConditions, FailedEventFinder, FailureGroup, FoundFailedEvent,
} from '../../../application/ports/failed-event-finder.ts'
import { WHOLE_EVENT } from './failed-event-rows.ts'
import { instant, keysetClauses, matching, micros, toPage, type Keyset } from './finder-pages.ts'
import { present, type Nullable } from './finder-rows.ts'
import { looking, type OperatorScope } from './operator-scope.ts'

type Row = Nullable<FoundFailedEvent>

const selected = sql`
  select f.id::float8 as id, f.company_id as "companyId", f.subject, f.event_type as "eventType", f.stream, f.sequence::float8 as sequence,
    nullif(f.item, ${sql.lit(WHOLE_EVENT)}) as item, f.status, f.reason, f.pointer, f.place, f.message, f.fingerprint,
    f.attempts_finished as attempts, f.attempts as history, ${micros(sql`f.published_at`)} as "publishedAt",
    ${micros(sql`f.first_failed_at`)} as "firstFailedAt", ${micros(sql`f.last_failed_at`)} as "lastFailedAt",
    case when f.status = 'dead' then ${micros(sql`f.next_retry_at`)} end as "nextRetryAt", f.edited_by as "editedBy",
    ${micros(sql`f.edited_at`)} as "editedAt", f.note
  from daisi.failed_events f where true`

const latest: Keyset = { at: sql`f.last_failed_at`, id: sql`f.id`, place: ({ at, id }) => sql`(${instant(at)}, ${id}::bigint)` }

export const meeting = ({ status, reason, eventType, fingerprint }: FailedEventConditions): RawBuilder<unknown> => sql`
  ${matching(sql`f.status`, status)} ${matching(sql`f.reason`, reason)} ${matching(sql`f.event_type`, eventType)}
  ${matching(sql`f.fingerprint`, fingerprint)}`

const groupsOf = (conditions: FailedEventConditions, limit: number): RawBuilder<FailureGroup> => sql<FailureGroup>`
  select f.fingerprint, min(f.event_type) as "eventType", min(f.reason) as reason, min(f.place) as place, count(*)::float8 as count,
    ${micros(sql`min(f.first_failed_at)`)} as "firstFailedAt", ${micros(sql`max(f.last_failed_at)`)} as "lastFailedAt",
    (array_agg(f.id order by f.last_failed_at desc, f.id desc))[1]::float8 as "exampleId"
  from daisi.failed_events f where true ${meeting(conditions)}
  group by f.fingerprint order by max(f.last_failed_at) desc, f.fingerprint limit ${limit}`

interface BodyRow { readonly id: number; readonly body: Buffer; readonly edited: Buffer | null }

export const postgresFailedEventFinder = (orm: MikroORM, scope: OperatorScope): FailedEventFinder => ({
  page: (request, conditions) => looking(orm, scope, async (tx) =>
    toPage<FoundFailedEvent>(request, (await sql<Row>`${selected} ${meeting(conditions)} ${keysetClauses(latest, request)}`.execute(tx)).rows)),
  groups: (conditions, limit) => looking(orm, scope, async (tx) => (await groupsOf(conditions, limit).execute(tx)).rows),
  byIds: (ids) => looking(orm, scope, async (tx) => {
    const { rows } = await sql<Row>`${selected} and f.id = any(${[...ids]}::bigint[])`.execute(tx)
    return new Map(rows.map((row) => present<FoundFailedEvent>(row)).map((found) => [found.id, found]))
  }),
  bodies: (ids, mostBytes) => looking(orm, scope, async (tx) => {
    const { rows } = await sql<BodyRow>`select id::float8 as id, body, edited_body as edited from (
        select f.*, sum(octet_length(f.body) + coalesce(octet_length(f.edited_body), 0)) over
          (order by f.id desc rows between unbounded preceding and 1 preceding) as bytes_before
        from daisi.failed_events f where f.id = any(${[...ids]}::bigint[])) f
      where coalesce(bytes_before, 0) < ${mostBytes}`.execute(tx)
    return new Map(rows.map(({ id, body, edited }) =>
      [id, { body: new Uint8Array(body), ...(edited === null ? {} : { editedBody: new Uint8Array(edited) }) }]))
  }),
})
