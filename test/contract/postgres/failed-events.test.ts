import { postgresFailedEvents } from '../../../adapters/outbound/postgres/failed-events.ts'
import { withDatabase } from '../../support/with-database.ts'
import { describeFailedEvents } from '../failed-events.contract.ts'

describe('against PostgreSQL', () => {
  const database = withDatabase()

  describeFailedEvents('PostgreSQL', () => postgresFailedEvents(database().orm))
})
