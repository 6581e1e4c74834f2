import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Clock } from '../../domain/clock.ts'
import type { CompanyId } from '../../domain/company.ts'
import type { ContactId } from '../../domain/contact/contact.ts'
import type { SyncId } from '../../domain/sync/sync.ts'
import type { EpochSeconds } from '../../domain/time.ts'
import type { Unavailable } from './unavailable.ts'

/** A stored job that is due, and how far it has come; there is one for an agent. */
export interface DueSync {
  readonly companyId: CompanyId
  readonly agentId: SyncId
  /** When it was to run; a later request has a later one. */
  readonly dueAt: EpochSeconds
  /** The last phone number done; undefined at the beginning. */
  readonly after?: string
}

/** A contact of the agent and the oldest incoming message from exactly its phone number to that agent, if there is one. */
export interface ScannedContact {
  readonly contactId: ContactId
  /** As sent. */
  readonly phoneNumber: string
  /** By the time it was first seen, then by id; the clock is the lowest of its upserts. */
  readonly oldest?: { readonly messageId: string; readonly firstSeen: Clock }
}

/** Contract: test/contract/post-scan-syncs.contract.ts */
export interface PostScanSyncs {
  /**
   * One due sync of `companies` that is not done, the one untouched for longest; nobody else gets it for `leaseMs`, or until
   * it is advanced. The lease only saves work: a sync that runs twice does no harm.
   */
  readonly claim: (companies: ReadonlyArray<CompanyId>, leaseMs: number) => TaskEither<Unavailable, DueSync | undefined>
  /** The next contacts of the agent, by phone number, at most `limit`; less than that at the end. */
  readonly scan: (sync: DueSync, limit: number) => TaskEither<Unavailable, ReadonlyArray<ScannedContact>>
  /**
   * Compare-and-set: it has come to `after`, or is done if that is undefined, and may be claimed again. False, and nothing
   * changes, when it was requested again or advanced by somebody else meanwhile.
   */
  readonly advance: (sync: DueSync, after: string | undefined) => TaskEither<Unavailable, boolean>
}
