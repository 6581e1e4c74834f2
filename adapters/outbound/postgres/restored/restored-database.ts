import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Acknowledged } from '../../../../application/ports/companies.ts'
import type { CompanyId } from '../../../../domain/company.ts'
import { asOwner, asOwnerLooking } from '../in-role.ts'

/** Processes that write: they must not run while positions and the log are put right. */
const WRITERS = ['daisi-ingest', 'daisi-project', 'daisi-operator', 'daisi-rebuild']

/** Names of those that are connected to this database. */
export const writersAtWork = async (orm: MikroORM): Promise<ReadonlyArray<string>> =>
  (await sql<{ readonly name: string }>`select distinct application_name as name from pg_stat_activity
    where datname = current_database() and application_name = any(${WRITERS}::text[]) order by 1`.execute(orm.em.fork().getKysely<unknown>()))
    .rows.map(({ name }) => name)

/** When the last of what is stored was written, ms since 1970: at the backup, or shortly before. Undefined in an empty database. */
export const lastWritten = (orm: MikroORM): Promise<number | undefined> => asOwnerLooking(orm, async (tx) => {
  const { rows: [row] } = await sql<{ readonly at: number | null }>`select (extract(epoch from greatest(
    (select max(recorded_at) from (select recorded_at from daisi.event_log order by epoch desc, xid desc limit 1000) as latest),
    (select max(updated_at) from daisi.acknowledged_positions))) * 1000)::float8 as at`.execute(tx)
  return row?.at ?? undefined
})

/** How far each company's streams are settled, by what is stored. */
export const storedPositions = (orm: MikroORM): Promise<ReadonlyArray<Acknowledged>> => asOwnerLooking(orm, async (tx) =>
  (await sql<{ readonly companyId: CompanyId; readonly stream: string; readonly sequence: number }>`
    select company_id as "companyId", stream, sequence::float8 as sequence from daisi.acknowledged_positions order by 1, 2`.execute(tx)).rows)

/** Positions beyond the end of a stream are of another one: nothing of this one is settled. */
export const forgetBeyond = (orm: MikroORM, stream: string, end: number): Promise<void> => asOwner(orm, async (tx) => {
  await sql`update daisi.acknowledged_positions set sequence = 0 where stream = ${stream} and sequence > ${end}::bigint`.execute(tx)
})
