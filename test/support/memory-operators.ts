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
  const company: OpenOperators['company'] = async (companyId, status) => {
    companies.set(companyId, { companyId: companyId as CompanyId, status, weight: 1, limits: {} })
  }
  const failedEvents = memoryFailedEvents(kept, nowMs)
  return {
    // ingest knows a company before it keeps a failure of it
    failedEvents: { ...failedEvents, record: (failures) => async () => {
      for (const { companyId } of failures) if (!companies.has(companyId)) await company(companyId, 'active')
      return failedEvents.record(failures)()
    } },
    retries: memoryRetryQueue({ kept, nowMs, isActive: state.isActive, isReplayed: (id) => jobHolding(state, id) !== undefined }),
    desk: memoryOperatorDesk(state), queue: memoryReplayQueue(state), finder: (scope) => memoryFailedEventFinder(state, scope),
    jobs: (scope) => memoryReplayJobFinder(state, scope), trail: (scope) => memoryAuditTrail(state, scope),
    directory: (scope) => memoryCompanyDirectory(state, scope),
    company,
  }
}
