import { postgresProcessLeases } from '../../../adapters/outbound/postgres/process-leases.ts'
import { withDatabase } from '../../support/with-database.ts'
import { describeProcessLeases } from '../process-leases.contract.ts'

describe('against PostgreSQL', () => {
  const database = withDatabase()

  describeProcessLeases('PostgreSQL', () => postgresProcessLeases(database().orm))
})
