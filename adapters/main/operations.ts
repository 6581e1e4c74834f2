import type { MikroORM } from '@mikro-orm/postgresql'
import { operationsOf } from '../../application/application.ts'
import type { OpenOperations } from '../../application/operations.ts'
import type { EventReader } from '../../application/ports/event-reader.ts'
import { postgresAuditTrail } from '../outbound/postgres/audit-trail.ts'
import { postgresCompanyDirectory } from '../outbound/postgres/company-directory.ts'
import { postgresFailedEventFinder } from '../outbound/postgres/failed-event-finder.ts'
import { postgresOperatorDesk } from '../outbound/postgres/operator-desk.ts'
import { postgresReplayJobFinder } from '../outbound/postgres/replay-job-finder.ts'

/** What operators see and do, over PostgreSQL under the role `daisi_ops` only. */
export const postgresOperations = (orm: MikroORM, reader: EventReader): OpenOperations => (companyId) => operationsOf({
  desk: postgresOperatorDesk(orm), reader, failedEvents: postgresFailedEventFinder(orm, companyId),
  replayJobs: postgresReplayJobFinder(orm, companyId), auditTrail: postgresAuditTrail(orm, companyId),
  companies: postgresCompanyDirectory(orm, companyId),
})
