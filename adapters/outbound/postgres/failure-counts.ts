import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { asOperatorOfAll } from './in-role.ts'

/** Failed events of all companies. */
export interface FailureCounts {
  /** Not given up: they come again. */
  readonly waiting: number
  /** Given up, and nobody has resolved them. */
  readonly exhausted: number
  /** Dead and not yet copied to the DLQ stream, and for how long the oldest has been. */
  readonly unpublished: number
  readonly unpublishedSeconds: number
}

export const failureCounts = (orm: MikroORM): Promise<FailureCounts | undefined> => asOperatorOfAll(orm, async (tx) => {
  const { rows } = await sql<FailureCounts>`select count(*) filter (where status = 'retrying')::integer as waiting,
      (select count(*)::integer from daisi.exhausted_events where not resolved) as exhausted,
      count(*) filter (where status = 'dead' and dlq_published_at is null)::integer as unpublished,
      coalesce(extract(epoch from now() - min(last_failed_at) filter (where status = 'dead' and dlq_published_at is null)), 0)::float8
        as "unpublishedSeconds"
    from daisi.failed_events where status <> 'resolved'`.execute(tx)
  return rows[0]
})
