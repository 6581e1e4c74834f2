import { postgresAcknowledgedPositions } from '../../../adapters/outbound/postgres/acknowledged-positions.ts'
import { withDatabase } from '../../support/with-database.ts'
import { describeAcknowledgedPositions } from '../acknowledged-positions.contract.ts'

describe('against PostgreSQL', () => {
  const database = withDatabase()

  describeAcknowledgedPositions('PostgreSQL', () => postgresAcknowledgedPositions(database().orm))
})
