import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Company } from './companies.ts'
import type { KeptEvent } from './event-reader.ts'
import type { FailedEventStatus } from './failed-event-finder.ts'
import type { FailedEvent } from './failed-events.ts'
import type { Found, Page, PageRequest } from './finder-page.ts'
import type { Selection } from './replay-job-finder.ts'
import type { Unavailable } from './unavailable.ts'

/** A line of the audit, which grows and never changes; no value of a payload is in it. */
export interface AuditEntry {
  /** `cli:<user>` or `api:<subject>`. */
  readonly actor: string
  readonly action: 'edit' | 'discard' | 'replay' | 'dry_run' | 'abort' | 'suspend' | 'resume' | 'weight' | 'limit'
  /** `failed_event:<id>`, `failed_events`, `replay_job:<id>`, `company:<id>`. */
  readonly target: string
  /** `done`, or the code of the refusal. */
  readonly outcome: string
  readonly details: Readonly<Record<string, unknown>>
}

export interface FoundAuditEntry extends AuditEntry {
  readonly id: number
  readonly companyId: FailedEvent['companyId']
  /** Microseconds since 1970. */
  readonly at: number
}

/** A failed event that nobody else can act on until the transaction ends. */
export interface TakenEvent {
  readonly id: number
  readonly status: FailedEventStatus
  /** The retry worker has it in hand. */
  readonly isClaimed: boolean
}

export interface NewReplayJob {
  readonly requestedBy: string
  readonly selection: Selection
  readonly dryRun: boolean
  readonly perSecond: number
  readonly eventIds: ReadonlyArray<number>
}

/** One action of an operator, inside its transaction. Everything in it belongs to one company. */
export interface DeskTx {
  /** False for a company that is suspended or not known. */
  readonly companyIsActive: () => TaskEither<Unavailable, boolean>
  /** The company, held until the transaction ends; undefined when it is not known. */
  readonly company: () => TaskEither<Unavailable, Company | undefined>
  /** Stores what `company` answered, changed; the next look of ingest, within 10 s, sees it. */
  readonly changeCompany: (company: Company) => TaskEither<Unavailable, void>
  /** By id, at most `limit`; unknown ones are absent. Conditions without a status mean what is `dead` or `exhausted`. */
  readonly take: (selection: Selection, limit: number) => TaskEither<Unavailable, ReadonlyArray<TakenEvent>>
  /** What reading one event needs; undefined when it is unknown. */
  readonly read: (id: number) => TaskEither<Unavailable, KeptEvent | undefined>
  /** A job, no dry run, in which one of them still waits. */
  readonly jobHolding: (ids: ReadonlyArray<number>) => TaskEither<Unavailable, string | undefined>
  /** The original stays as it is. */
  readonly edit: (id: number, body: Uint8Array, by: string) => TaskEither<Unavailable, void>
  /** `exhausted_events` is kept in step. */
  readonly discard: (ids: ReadonlyArray<number>, note: string) => TaskEither<Unavailable, void>
  /** Answers the job's id. */
  readonly createJob: (job: NewReplayJob) => TaskEither<Unavailable, string>
  /** Items that wait become `aborted`. Answers how many; undefined when no such job is running. */
  readonly abortJob: (jobId: string) => TaskEither<Unavailable, number | undefined>
  readonly audit: (entry: AuditEntry) => TaskEither<Unavailable, void>
}

/** Contract: test/contract/operator-desk.contract.ts */
export interface OperatorDesk {
  /** All of `work` or none of it. */
  readonly transact: <A>(
    companyId: FailedEvent['companyId'], work: (tx: DeskTx) => TaskEither<Unavailable, A>) => TaskEither<Unavailable, A>
}

/** Contract: test/contract/operator-desk.contract.ts */
export interface AuditTrail {
  /** Latest first; a `Place` here is (at, id). */
  readonly page: (request: PageRequest) => Found<Page<FoundAuditEntry>>
}
