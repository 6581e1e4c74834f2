import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { asOperatorOfAll } from './in-role.ts'

/** Failed events of all companies. */
export interface FailureCounts {
  /** Not given up: they are tried again. */
  readonly waiting: number
  /** For how long the one that is due for longest has waited for its turn. */
  readonly overdueSeconds: number
  /** Nobody tries them again but an operator. */
  readonly exhausted: number
  /** Dead letters not yet copied to the DLQ stream, and for how long the oldest has been one. */
  readonly unpublished: number
  readonly unpublishedSeconds: number
}

export const failureCounts = (orm: MikroORM): Promise<FailureCounts | undefined> => asOperatorOfAll(orm, async (tx) => {
  const { rows } = await sql<FailureCounts>`select count(*) filter (where status in ('retrying', 'dead'))::integer as waiting,
      coalesce(extract(epoch from now() - min(next_retry_at) filter (where status = 'dead')), 0)::float8 as "overdueSeconds",
      count(*) filter (where status = 'exhausted')::integer as exhausted,
      count(*) filter (where status <> 'retrying' and dlq_published_at is null)::integer as unpublished,
      coalesce(extract(epoch from now() - min(last_failed_at) filter (where status <> 'retrying' and dlq_published_at is null)), 0)::float8
        as "unpublishedSeconds"
    from daisi.failed_events where status in ('retrying', 'dead', 'exhausted')`.execute(tx)
  return rows[0]
})
