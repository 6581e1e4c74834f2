import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { asOperatorOfAll } from './in-role.ts'

/** Rows that one look reads at most: a table scan of some 20 ms. Who has more knows from this number that it is too many. */
const MOST_LOOKED_AT = 100_000

/** Updates whose entity has not come. Numbers only: operators may see which there are, never what they say. */
export interface EarlyFactGauges {
  /** At most as many as are looked at, as `mostOfOneCompany`. */
  readonly kept: number
  readonly mostOfOneCompany: number
  /** For how long the oldest that was looked at has waited; 0 when there is none. */
  readonly oldestSeconds: number
}

/** Of all companies, under the role of operators. */
export const earlyFactGauges = (
  orm: MikroORM, mostLookedAt = MOST_LOOKED_AT,
): Promise<EarlyFactGauges> => asOperatorOfAll(orm, async (tx) => {
  const { rows: [gauges] } = await sql<EarlyFactGauges>`with
    looked_at as (select company_id, first_seen from daisi.early_facts limit ${sql.lit(mostLookedAt)}),
    of_company as (select count(*) as kept, min(first_seen) as oldest from looked_at group by company_id)
    select coalesce(sum(kept), 0)::integer as kept, coalesce(max(kept), 0)::integer as "mostOfOneCompany",
      greatest(0, coalesce(extract(epoch from now() - min(oldest)), 0))::float8 as "oldestSeconds" from of_company`.execute(tx)
  return { kept: 0, mostOfOneCompany: 0, oldestSeconds: 0, ...gauges }
})
