import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { asWriterOfAll } from './in-role.ts'

/** How many are kept, by status and reason. Both are words of ours; a reason may end with an SQLSTATE. */
export interface KeptFailures { readonly status: string; readonly reason: string; readonly count: number }

export interface FailureGauges {
  readonly kept: ReadonlyArray<KeptFailures>
  /** For how long the dead letter that is due for longest has waited for its turn; 0 when none is due. */
  readonly overdueSeconds: number
  /** For how long the oldest dead letter without a copy in the DLQ stream has been one; 0 when there is none. */
  readonly unrelayedSeconds: number
}

/** Of all companies. Looks at indexes of what is open, however many failures are resolved. */
export const failureGauges = (orm: MikroORM): Promise<FailureGauges> => asWriterOfAll(orm, async (tx) => {
  const { rows: kept } = await sql<KeptFailures>`select status, reason, count(*)::integer as count from daisi.failed_events
    where status in ('retrying', 'dead', 'exhausted') group by status, reason`.execute(tx)
  const { rows: [ages] } = await sql<Omit<FailureGauges, 'kept'>>`select
    greatest(0, coalesce(extract(epoch from now() - (select min(next_retry_at) from daisi.failed_events where status = 'dead')), 0))::float8
      as "overdueSeconds",
    coalesce(extract(epoch from now() - (select min(last_failed_at) from daisi.failed_events
      where status in ('dead', 'exhausted') and dlq_published_at is null)), 0)::float8 as "unrelayedSeconds"`.execute(tx)
  return { kept, overdueSeconds: 0, unrelayedSeconds: 0, ...ages }
})
