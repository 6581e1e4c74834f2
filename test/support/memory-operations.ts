import { keptEventReader } from '../../adapters/inbound/nats/kept-event-reader.ts'
import { memoryLog } from '../../adapters/outbound/memory/memory-log.ts'
import { memoryTransactions } from '../../adapters/outbound/memory/transactions.ts'
import { handleBatch, isolateFaults, operationsOf, rehearseBatch, runReplayJobs } from '../../application/application.ts'
import type { Operations } from '../../application/operations.ts'
import type { FailedEvent } from '../../application/ports/failed-events.ts'
import type { Transactions } from '../../application/ports/transactions.ts'
import { memoryOperators } from './memory-operators.ts'
import { rightOf } from './right-of.ts'
import { decoding } from './translating.ts'

const OPTIONS = { limit: 10, claimSeconds: 600 }

/** What operators see and do, and the runner of their jobs, in memory. `log` holds the facts that replays lead to. */
export const memoryOperations = (around: (transactions: Transactions) => Transactions = (same) => same) => {
  const [ports, log] = [memoryOperators(), memoryLog()]
  const transactions = around(memoryTransactions(log, { nowMs: () => Date.now() }))
  const reader = keptEventReader(decoding)
  const run = runReplayJobs({ queue: ports.queue, reader, handleUnits: isolateFaults(handleBatch(transactions)),
    rehearseBatch: rehearseBatch(transactions) }, OPTIONS)
  return {
    ...ports, log, run,
    open: (companyId: FailedEvent['companyId'] | undefined): Operations => operationsOf({ desk: ports.desk, reader,
      failedEvents: ports.finder(companyId), replayJobs: ports.jobs(companyId), auditTrail: ports.trail(companyId),
      companies: ports.directory(companyId) }),
    /** Works until no job has anything left to do. */
    runAll: async (): Promise<void> => {
      while ((await rightOf(run)).length > 0);
    },
  }
}
