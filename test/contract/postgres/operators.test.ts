import { postgresOperators } from '../../support/postgres-operators.ts'
import { withDatabase } from '../../support/with-database.ts'
import { describeComeAgain } from '../come-again.contract.ts'
import { describeCompanyChanges } from '../company-changes.contract.ts'
import { describeFailedEventFinder } from '../failed-event-finder.contract.ts'
import { describeOperatorDesk } from '../operator-desk.contract.ts'
import { describeReplayQueue } from '../replay-queue.contract.ts'

describe('against PostgreSQL', () => {
  const database = withDatabase()

  describeReplayQueue('PostgreSQL', () => postgresOperators(database().orm))
  describeFailedEventFinder('PostgreSQL', () => postgresOperators(database().orm))
  describeOperatorDesk('PostgreSQL', () => postgresOperators(database().orm))
  describeCompanyChanges('PostgreSQL', () => postgresOperators(database().orm))
  describeComeAgain('PostgreSQL', () => postgresOperators(database().orm))
})
