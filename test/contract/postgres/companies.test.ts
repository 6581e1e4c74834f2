import { postgresCompanies } from '../../../adapters/outbound/postgres/companies.ts'
import { withDatabase } from '../../support/with-database.ts'
import { describeCompanies } from '../companies.contract.ts'

describe('against PostgreSQL', () => {
  const database = withDatabase()

  describeCompanies('PostgreSQL', () => postgresCompanies(database().orm))
})
