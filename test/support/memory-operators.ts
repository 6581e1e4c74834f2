import { memoryCompanyDirectory } from '../../adapters/outbound/memory/company-directory.ts'
import { memoryFailedEvents, memoryFailures } from '../../adapters/outbound/memory/failed-events.ts'
import { memoryOperatorDesk } from '../../adapters/outbound/memory/operator-desk.ts'
import { memoryAuditTrail, memoryFailedEventFinder, memoryReplayJobFinder } from '../../adapters/outbound/memory/operator-finders.ts'
import { memoryReplayQueue } from '../../adapters/outbound/memory/replay-queue.ts'
import { jobHolding, memoryOperationsState } from '../../adapters/outbound/memory/replays.ts'
import { memoryRetryQueue } from '../../adapters/outbound/memory/retry-queue.ts'
import type { Company } from '../../application/ports/companies.ts'
import type { CompanyId } from '../../domain/company.ts'
import type { OpenOperators } from './operators.ts'

/** The ports of operators in memory; every look at the clock is a millisecond later. */
export const memoryOperators = (): OpenOperators => {
  const [kept, companies] = [memoryFailures(), new Map<string, Company>()]
  let now = 1_750_000_000_000
  const nowMs = (): number => (now += 1)
  const state = memoryOperationsState({ kept, nowMs, companies })
  return {
    failedEvents: memoryFailedEvents(kept, nowMs),
    retries: memoryRetryQueue({ kept, nowMs, isActive: state.isActive, isReplayed: (id) => jobHolding(state, id) !== undefined }),
    desk: memoryOperatorDesk(state), queue: memoryReplayQueue(state), finder: (scope) => memoryFailedEventFinder(state, scope),
    jobs: (scope) => memoryReplayJobFinder(state, scope), trail: (scope) => memoryAuditTrail(state, scope),
    directory: (scope) => memoryCompanyDirectory(state, scope),
    company: async (companyId, status) => {
      companies.set(companyId, { companyId: companyId as CompanyId, status, weight: 1, limits: {} })
    },
  }
}
