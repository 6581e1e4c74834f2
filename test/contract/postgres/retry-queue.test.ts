import { sql } from 'kysely'
import { asWriterOfAll } from '../../../adapters/outbound/postgres/in-role.ts'
import { postgresFailedEvents } from '../../../adapters/outbound/postgres/failed-events.ts'
import { postgresRetryQueue } from '../../../adapters/outbound/postgres/retry-queue.ts'
import { withDatabase } from '../../support/with-database.ts'
import { describeRetryQueue } from '../retry-queue.contract.ts'

describe('against PostgreSQL', () => {
  const database = withDatabase()

  describeRetryQueue('PostgreSQL', () => ({
    queue: postgresRetryQueue(database().orm), failedEvents: postgresFailedEvents(database().orm),
    company: (companyId, status) => asWriterOfAll(database().orm, async (tx) => {
      await sql`insert into daisi.companies (company_id, status) values (${companyId}, ${status})
        on conflict (company_id) do update set status = excluded.status`.execute(tx)
    }),
  }))
})
