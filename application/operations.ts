import { abortReplayJob } from './commands/abort-replay-job.ts'
import { changeCompany } from './commands/change-company.ts'
import { discardFailedEvents } from './commands/discard-failed-events.ts'
import { editFailedEvent } from './commands/edit-failed-event.ts'
import { requestReplay } from './commands/request-replay.ts'
import type { CompanyDirectory } from './ports/company-directory.ts'
import type { EventReader } from './ports/event-reader.ts'
import type { FailedEventFinder } from './ports/failed-event-finder.ts'
import type { FailedEvent } from './ports/failed-events.ts'
import type { AuditTrail, OperatorDesk } from './ports/operator-desk.ts'
import type { ReplayJobFinder } from './ports/replay-job-finder.ts'

export interface OperationsPorts {
  readonly desk: OperatorDesk
  readonly reader: EventReader
  readonly failedEvents: FailedEventFinder
  readonly replayJobs: ReplayJobFinder
  readonly auditTrail: AuditTrail
  readonly companies: CompanyDirectory
}

/** What operators see and do, the same behind the command line and GraphQL. */
export const operationsOf = ({ desk, reader, failedEvents, replayJobs, auditTrail, companies }: OperationsPorts) => ({
  failedEvents, replayJobs, auditTrail, companies,
  editFailedEvent: editFailedEvent(desk, reader), discardFailedEvents: discardFailedEvents(desk), requestReplay: requestReplay(desk),
  abortReplayJob: abortReplayJob(desk), changeCompany: changeCompany(desk),
})

export type Operations = ReturnType<typeof operationsOf>

/** Of one company, or of all: undefined. */
export type OpenOperations = (companyId: FailedEvent['companyId'] | undefined) => Operations
