import { memoryFailedEvents, memoryFailures } from '../../adapters/outbound/memory/failed-events.ts'
import { memoryOperatorDesk } from '../../adapters/outbound/memory/operator-desk.ts'
import { memoryAuditTrail, memoryFailedEventFinder, memoryReplayJobFinder } from '../../adapters/outbound/memory/operator-finders.ts'
import { memoryReplayQueue } from '../../adapters/outbound/memory/replay-queue.ts'
import { jobHolding, memoryOperationsState } from '../../adapters/outbound/memory/replays.ts'
import { memoryRetryQueue } from '../../adapters/outbound/memory/retry-queue.ts'
import type { OpenOperators } from './operators.ts'

/** The ports of operators in memory; every look at the clock is a millisecond later. */
export const memoryOperators = (): OpenOperators => {
  const [kept, suspended] = [memoryFailures(), new Set<string>()]
  let now = 1_750_000_000_000
  const nowMs = (): number => (now += 1)
  const isActive = (companyId: string): boolean => !suspended.has(companyId)
  const state = memoryOperationsState({ kept, nowMs, isActive })
  return {
    failedEvents: memoryFailedEvents(kept, nowMs),
    retries: memoryRetryQueue({ kept, nowMs, isActive, isReplayed: (id) => jobHolding(state, id) !== undefined }),
    desk: memoryOperatorDesk(state), queue: memoryReplayQueue(state), finder: (scope) => memoryFailedEventFinder(state, scope),
    jobs: (scope) => memoryReplayJobFinder(state, scope), trail: (scope) => memoryAuditTrail(state, scope),
    company: async (companyId, status) => { suspended[status === 'active' ? 'delete' : 'add'](companyId) },
  }
}
