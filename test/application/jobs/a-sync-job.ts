import * as TE from 'fp-ts/lib/TaskEither.js'
import { memoryCompanies } from '../../../adapters/outbound/memory/companies.ts'
import type { MemoryLog } from '../../../adapters/outbound/memory/memory-log.ts'
import { memoryPostScanSyncs } from '../../../adapters/outbound/memory/post-scan-syncs.ts'
import { runPostScanSyncs, type Synced } from '../../../application/jobs/run-post-scan-syncs.ts'
import type { Instruction } from '../../../application/aggregates.ts'
import type { PostScanSyncs } from '../../../application/ports/post-scan-syncs.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { answerOf } from '../projections/a-company-in-memory.ts'

const DAY_AFTER_ALL_MS = 4_000_000_000_000

type Handle = (batch: ReadonlyArray<Instruction>) => Promise<ReadonlyArray<number>>

/** The post-scan sync of one company, in memory, step by step; every request is due. */
export const aSyncJob = async (companyId: CompanyId, log: MemoryLog, handle: Handle) => {
  const companies = memoryCompanies()
  await answerOf(companies.register([companyId]))
  const syncs = memoryPostScanSyncs(log, { nowMs: () => DAY_AFTER_ALL_MS })
  const ports = { companies, syncs, handle: (batch: ReadonlyArray<Instruction>) => TE.fromTask(() => handle(batch)) }
  const stepOf = (own: PostScanSyncs) => (page: number): Promise<Synced> =>
    answerOf(runPostScanSyncs({ ...ports, syncs: own }, { page, leaseMs: 0 }))
  const step = stepOf(syncs)
  return {
    step,
    /** A page whose end nobody wrote down: the process died. */
    crash: stepOf({ ...syncs, advance: () => TE.right(false) }),
    toTheEnd: async (page: number): Promise<void> => { while ((await step(page)).more); },
  }
}
