import { memoryFailedEvents, memoryFailures } from '../../adapters/outbound/memory/failed-events.ts'
import { memoryRetryQueue } from '../../adapters/outbound/memory/retry-queue.ts'
import { describeRetryQueue } from './retry-queue.contract.ts'

const kept = memoryFailures()
const suspended = new Set<string>()
let now = 0
const nowMs = (): number => (now += 1)

describeRetryQueue('memory', () => ({
  queue: memoryRetryQueue({ kept, nowMs, isActive: (companyId) => !suspended.has(companyId) }),
  failedEvents: memoryFailedEvents(kept, nowMs),
  company: async (companyId, status) => { suspended[status === 'active' ? 'delete' : 'add'](companyId) },
}))
