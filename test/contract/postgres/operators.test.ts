import { postgresOperators } from '../../support/postgres-operators.ts'
import { withDatabase } from '../../support/with-database.ts'
import { describeReplayQueue } from '../replay-queue.contract.ts'

describe('against PostgreSQL', () => {
  const database = withDatabase()

  describeReplayQueue('PostgreSQL', () => postgresOperators(database().orm))
})
