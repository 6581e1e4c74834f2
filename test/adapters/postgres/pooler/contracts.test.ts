import { postgresAcknowledgedPositions } from '../../../../adapters/outbound/postgres/acknowledged-positions.ts'
import { postgresCheckpoints } from '../../../../adapters/outbound/postgres/checkpoints.ts'
import { postgresCompanies } from '../../../../adapters/outbound/postgres/companies.ts'
import { postgresEventLog } from '../../../../adapters/outbound/postgres/event-log.ts'
import { postgresFailedEvents } from '../../../../adapters/outbound/postgres/failed-events.ts'
import { postgresReads } from '../../../../adapters/outbound/postgres/finder-reads.ts'
import { postgresPostScanSyncs } from '../../../../adapters/outbound/postgres/post-scan-syncs.ts'
import { postgresTransactions } from '../../../../adapters/outbound/postgres/transactions.ts'
import { handleBatch } from '../../../../application/commands/handle-batch.ts'
import { describeAcknowledgedPositions } from '../../../contract/acknowledged-positions.contract.ts'
import { describeCheckpoints } from '../../../contract/checkpoints.contract.ts'
import { describeCompanies } from '../../../contract/companies.contract.ts'
import { describeEventLog } from '../../../contract/event-log.contract.ts'
import { describeFailedEvents } from '../../../contract/failed-events.contract.ts'
import { describeFinders } from '../../../contract/finders.contract.ts'
import { describePostScanSyncs } from '../../../contract/post-scan-syncs.contract.ts'
import { describeReadModelStore } from '../../../contract/read-model-store.contract.ts'
import { describeTransactions } from '../../../contract/transactions.contract.ts'
import { openPooledDatabase } from '../../../support/pooled-database.ts'
import { withOpen } from '../../../support/with-database.ts'
import { openReadSide } from '../read-models/open-read-side.ts'

const THROUGH = 'PostgreSQL through PgBouncer'
/** Some contracts hold several transactions open at once. */
const POOL_SIZE = 6

/** Every port that the write side and the projector use keeps its promises behind a transaction pooler. */
describe('behind PgBouncer in transaction mode', () => {
  const database = withOpen(() => openPooledDatabase(POOL_SIZE))
  const side = withOpen(() => openReadSide(() => openPooledDatabase(POOL_SIZE)))
  const cleared = async () => {
    await side().clear()
    return side()
  }

  describeTransactions(THROUGH, () => ({ transactions: postgresTransactions(database().orm), log: postgresEventLog(database().orm) }))
  describeEventLog(THROUGH, () => ({ transactions: postgresTransactions(database().orm), log: postgresEventLog(database().orm) }))
  describeFailedEvents(THROUGH, () => postgresFailedEvents(database().orm))
  describeCompanies(THROUGH, () => postgresCompanies(database().orm))
  describeAcknowledgedPositions(THROUGH, () => postgresAcknowledgedPositions(database().orm))
  describeCheckpoints(THROUGH, () => postgresCheckpoints(database().orm))
  describePostScanSyncs(THROUGH, () =>
    ({ syncs: postgresPostScanSyncs(database().orm), handle: handleBatch(postgresTransactions(database().orm)) }))
  describeReadModelStore(THROUGH, cleared)
  describeFinders(THROUGH, async () => {
    const { store, database: { orm } } = await cleared()
    return { store, openReads: postgresReads(orm) }
  })
})
