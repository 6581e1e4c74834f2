import { postgresEventLog } from '../../../adapters/outbound/postgres/event-log.ts'
import { postgresTransactions } from '../../../adapters/outbound/postgres/transactions.ts'
import { withDatabase } from '../../support/with-database.ts'
import { describeTransactions } from '../transactions.contract.ts'

describe('against PostgreSQL', () => {
  const database = withDatabase()

  describeTransactions('PostgreSQL', () => {
    const { orm } = database()
    return { transactions: postgresTransactions(orm), log: postgresEventLog(orm) }
  })
})
