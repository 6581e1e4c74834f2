import type { CompanyDirectory } from '../../application/ports/company-directory.ts'
import type { FailedEvent, FailedEvents } from '../../application/ports/failed-events.ts'
import type { FailedEventFinder } from '../../application/ports/failed-event-finder.ts'
import type { AuditTrail, DeskTx, OperatorDesk } from '../../application/ports/operator-desk.ts'
import type { ReplayJobFinder } from '../../application/ports/replay-job-finder.ts'
import type { ReplayQueue } from '../../application/ports/replay-queue.ts'
import type { RetryQueue } from '../../application/ports/retry-queue.ts'
import { aCompanyId } from './a-company-id.ts'
import { aFailedEvent } from './a-failed-event.ts'
import { rightOf } from './right-of.ts'

type Company = FailedEvent['companyId']

/** All that operators' ports need of each other, over one store. */
export interface OpenOperators {
  readonly failedEvents: FailedEvents
  readonly retries: RetryQueue
  readonly desk: OperatorDesk
  readonly queue: ReplayQueue
  readonly finder: (scope?: Company) => FailedEventFinder
  readonly jobs: (scope?: Company) => ReplayJobFinder
  readonly trail: (scope?: Company) => AuditTrail
  readonly directory: (scope?: Company) => CompanyDirectory
  /** The company becomes known, and active or not. */
  readonly company: (companyId: Company, status: 'active' | 'suspended') => Promise<void>
}

/** Short words for contracts; every test works in a company of its own. */
export const operating = (open: () => OpenOperators) => {
  const transact = <A>(companyId: Company, work: (tx: DeskTx) => ReturnType<OperatorDesk['transact']>) =>
    rightOf(open().desk.transact(companyId, work)) as Promise<A>
  return {
    /** An active company with so many exhausted letters; their ids, in order of their sequences. */
    companyWith: async (letters: number, more: Partial<FailedEvent> = {}) => {
      const companyId = aCompanyId()
      await open().company(companyId, 'active')
      for (let sequence = 1; sequence <= letters; sequence += 1)
        await rightOf(open().failedEvents.record([aFailedEvent(companyId, { sequence, ...more })]))
      const { rows } = await rightOf(open().finder(companyId).page({ from: 'start', size: 1_000 }, {}))
      return { companyId, ids: rows.map(({ id }) => id).sort((a, b) => a - b) }
    },
    job: (companyId: Company, eventIds: ReadonlyArray<number>, { dryRun = false, perSecond = 10_000 } = {}) => transact<string>(companyId,
      (tx) => tx.createJob({ requestedBy: 'cli:test', selection: { ids: eventIds }, dryRun, perSecond, eventIds })),
    abort: (companyId: Company, jobId: string) => transact<number | undefined>(companyId, (tx) => tx.abortJob(jobId)),
    discard: (companyId: Company, ids: ReadonlyArray<number>, note: string) => transact<void>(companyId, (tx) => tx.discard(ids, note)),
    edit: (companyId: Company, id: number, body: string) =>
      transact<void>(companyId, (tx) => tx.edit(id, new TextEncoder().encode(body), 'cli:test')),
    transact,
    event: async (id: number) => (await rightOf(open().finder().byIds([id]))).get(id),
    jobOf: async (jobId: string) => (await rightOf(open().jobs().byIds([jobId]))).get(jobId),
    items: async (jobId: string) => rightOf(open().jobs().items(jobId, 1_000)),
  }
}
