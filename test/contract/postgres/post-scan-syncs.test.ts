import { postgresPostScanSyncs } from '../../../adapters/outbound/postgres/post-scan-syncs.ts'
import { postgresTransactions } from '../../../adapters/outbound/postgres/transactions.ts'
import { handleBatch } from '../../../application/commands/handle-batch.ts'
import { withDatabase } from '../../support/with-database.ts'
import { describePostScanSyncs } from '../post-scan-syncs.contract.ts'

describe('against PostgreSQL', () => {
  const database = withDatabase()

  describePostScanSyncs('PostgreSQL', () =>
    ({ syncs: postgresPostScanSyncs(database().orm), handle: handleBatch(postgresTransactions(database().orm)) }))
})
