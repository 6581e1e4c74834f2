import { postgresCheckpoints } from '../../../adapters/outbound/postgres/checkpoints.ts'
import { withDatabase } from '../../support/with-database.ts'
import { describeCheckpoints } from '../checkpoints.contract.ts'

describe('against PostgreSQL', () => {
  const database = withDatabase()

  describeCheckpoints('PostgreSQL', () => postgresCheckpoints(database().orm))
})
