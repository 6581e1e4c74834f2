import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { LiveProcess, ProcessLeases } from '../../../application/ports/process-leases.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { attemptOwn } from './attempt.ts'
import { asWriterOfAll } from './in-role.ts'

interface LeaseRow { readonly holder: string; readonly company_names: ReadonlyArray<CompanyId> }

const toProcess = ({ holder, company_names }: LeaseRow): LiveProcess => ({ holder, companyIds: company_names })

/** Those that ran out long ago are of no use to anybody. */
export const postgresProcessLeases = (orm: MikroORM): ProcessLeases => ({
  renew: ({ holder, companyIds }, seconds) => attemptOwn(() => asWriterOfAll(orm, async (tx) => {
    await sql`insert into daisi.ingest_processes as p (holder, company_names, expires_at)
      values (${holder}, ${[...companyIds]}::text[], now() + make_interval(secs => ${seconds}::float8))
      on conflict (holder) do update set expires_at = excluded.expires_at`.execute(tx)
    await sql`delete from daisi.ingest_processes where expires_at < now() - interval '1 hour'`.execute(tx)
    return (await sql<LeaseRow>`select holder, company_names from daisi.ingest_processes where expires_at > now() order by holder`.execute(tx))
      .rows.map(toProcess)
  })),
  end: (holder) => attemptOwn(() => asWriterOfAll(orm, async (tx) => {
    await sql`delete from daisi.ingest_processes where holder = ${holder}`.execute(tx)
  })),
})
