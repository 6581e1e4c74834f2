import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { postgresAuditTrail } from '../../adapters/outbound/postgres/audit-trail.ts'
import { postgresCompanyDirectory } from '../../adapters/outbound/postgres/company-directory.ts'
import { postgresFailedEventFinder } from '../../adapters/outbound/postgres/failed-event-finder.ts'
import { postgresFailedEvents } from '../../adapters/outbound/postgres/failed-events.ts'
import { asWriterOfAll } from '../../adapters/outbound/postgres/in-role.ts'
import { postgresOperatorDesk } from '../../adapters/outbound/postgres/operator-desk.ts'
import { postgresReplayJobFinder } from '../../adapters/outbound/postgres/replay-job-finder.ts'
import { postgresReplayQueue } from '../../adapters/outbound/postgres/replay-queue.ts'
import { postgresRetryQueue } from '../../adapters/outbound/postgres/retry-queue.ts'
import type { OpenOperators } from './operators.ts'

/** The ports of operators over PostgreSQL, each under its own role. */
export const postgresOperators = (orm: MikroORM): OpenOperators => ({
  failedEvents: postgresFailedEvents(orm), retries: postgresRetryQueue(orm), desk: postgresOperatorDesk(orm),
  queue: postgresReplayQueue(orm),
  finder: (scope) => postgresFailedEventFinder(orm, scope), jobs: (scope) => postgresReplayJobFinder(orm, scope),
  trail: (scope) => postgresAuditTrail(orm, scope), directory: (scope) => postgresCompanyDirectory(orm, scope),
  company: (companyId, status) => asWriterOfAll(orm, async (tx) => {
    await sql`insert into daisi.companies (company_id, status) values (${companyId}, ${status})
      on conflict (company_id) do update set status = excluded.status`.execute(tx)
  }),
})
