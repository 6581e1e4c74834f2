import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { cleanPhone, isGroupNumber, onboardingIdOf } from '../../domain/onboarding/phone.ts'
import type { Instruction } from '../aggregates.ts'
import type { HandleBatch } from '../commands/handle-batch.ts'
import type { JobCause } from '../ports/cause.ts'
import type { Companies } from '../ports/companies.ts'
import type { DueSync, PostScanSyncs, ScannedContact } from '../ports/post-scan-syncs.ts'
import type { Unavailable, Unstorable } from '../ports/unavailable.ts'

export interface SyncPorts { readonly companies: Companies; readonly syncs: PostScanSyncs; readonly handle: HandleBatch }

/** Contacts looked at in one step, and how long the step has its sync for itself. */
export interface SyncLimits { readonly page: number; readonly leaseMs: number }

/** `more`: a sync was due, so another may be. */
export interface Synced { readonly contacts: number; readonly more: boolean }

type Failing = Unavailable | Unstorable

const NAME = 'post_scan_sync'
const NOTHING_DUE: Synced = { contacts: 0, more: false }

/** Who they are is part of the contact; only how they came is told. A group, or a number that nothing is left of, is nobody. */
const onboarded = ({ companyId, agentId, dueAt }: DueSync, contact: ScannedContact): ReadonlyArray<Instruction> => {
  const { contactId, phoneNumber, oldest } = contact
  const phone = cleanPhone(phoneNumber)
  if (oldest === undefined || phone === undefined || isGroupNumber(phoneNumber)) return []
  const { messageId, firstSeen } = oldest
  const message = { messageId, timestamp: firstSeen.at }
  const onboardingId = onboardingIdOf(agentId, phone)
  const cause = (item: number): JobCause => ({ type: 'job', job: NAME, sequence: dueAt, item })
  return [
    { kind: 'onboarding', companyId, id: onboardingId, cause: cause(0),
      command: { type: 'LogOnboarding', onboardingId, agentId, phoneNumber: phone, message } },
    { kind: 'contact', companyId, id: contactId, cause: cause(1),
      command: { type: 'OnboardFromHistory', contactId, message, clock: firstSeen } },
  ]
}

const syncPage = (sync: DueSync, { syncs, handle }: SyncPorts, page: number): TE.TaskEither<Failing, Synced> => pipe(
  syncs.scan(sync, page),
  TE.chainFirstW((scanned): TE.TaskEither<Failing, unknown> => {
    const batch = scanned.flatMap((contact) => onboarded(sync, contact))
    return batch.length === 0 ? TE.right(undefined) : handle(batch)
  }),
  TE.chainFirstW((scanned) => syncs.advance(sync, scanned.length < page ? undefined : scanned.at(-1)?.phoneNumber)),
  TE.map(({ length }) => ({ contacts: length, more: true })),
)

/**
 * One step of the post-scan sync (contract 5.4): the next page of one due sync of an active company, as one batch, then how
 * far it has come. A crash between the two repeats the page, which changes nothing.
 *
 * Every contact of the agent is told of its oldest message, also one that has an origin or is logged already: what that
 * changes is decided where it is merged (`domain/contact/approach.ts`, `domain/onboarding/decide.ts`). To choose here would
 * let the outcome depend on whether the sync or a live message was faster.
 */
export const runPostScanSyncs = (ports: SyncPorts, { page, leaseMs }: SyncLimits): TE.TaskEither<Failing, Synced> => pipe(
  ports.companies.all(),
  TE.map((all) => all.filter(({ status }) => status === 'active').map(({ companyId }) => companyId)),
  TE.chain((active) => ports.syncs.claim(active, leaseMs)),
  TE.chainW((sync): TE.TaskEither<Failing, Synced> => (sync === undefined ? TE.right(NOTHING_DUE) : syncPage(sync, ports, page))),
)
