import { memoryLog } from '../../adapters/outbound/memory/memory-log.ts'
import { memoryPostScanSyncs } from '../../adapters/outbound/memory/post-scan-syncs.ts'
import { memoryTransactions } from '../../adapters/outbound/memory/transactions.ts'
import { handleBatch } from '../../application/commands/handle-batch.ts'
import { describePostScanSyncs } from './post-scan-syncs.contract.ts'

const clock = { nowMs: () => Date.now() }
const log = memoryLog()
const subject = { syncs: memoryPostScanSyncs(log, clock), handle: handleBatch(memoryTransactions(log, clock)) }

describePostScanSyncs('memory', () => subject)
