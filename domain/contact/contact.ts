import type { Branded } from '../brand.ts'
import type { Clock, Observation } from '../clock.ts'
import type { Registers } from '../register.ts'
import type { EpochSeconds } from '../time.ts'
import type { Campaign } from '../message/message.ts'
import type { FirstMessage } from '../onboarding/onboarding.ts'

/** UUIDv5 of (company, agent, phone as sent): made by an adapter; ids that publishers send are aliases (design 5). */
export type ContactId = Branded<string, 'ContactId'>

/** Null clears a field (contract 4.6); a cleared status shows its default. */
export interface ContactFields {
  readonly agentId: string
  /** As sent, not cleaned. */
  readonly phoneNumber: string
  readonly chatId: string
  readonly origin: string
  readonly type: 'PERSONAL' | 'AGENT' | 'OTHER'
  readonly pushName: string
  readonly customName: string | null
  readonly notes: string | null
  /** Comma list; onboarding adds to it (see `Welcome`). */
  readonly tags: string | null
  readonly avatar: string | null
  readonly assignedTo: string | null
  readonly pob: string | null
  readonly dob: EpochSeconds | null
  readonly gender: 'MALE' | 'FEMALE' | null
  readonly status: 'ACTIVE' | 'DISABLED' | null
}

/**
 * Tags that campaign messages bring, and the newest clock of a message that brought just these. They join the tags written
 * before that clock; tags written later replace them. Only the newest counts, for a greeting told again between its first
 * and its last telling reaches the contact or not, depending on the order of processing (see `domain/message/greeting.ts`).
 */
export interface Welcome {
  readonly tags: string
  readonly clock: Clock
}

/**
 * How they came whom nobody gave an origin: by a campaign that gave none either, or found in an imported history by the
 * post-scan sync. Their earliest message decides (see `domain/contact/approach.ts`).
 */
export interface Approach {
  readonly message: FirstMessage
  readonly by: 'campaign' | 'history'
  readonly clock: Clock
}

export interface ContactHeard {
  readonly fields: Registers<ContactFields>
  readonly first?: FirstMessage
  /** Ordered by clock, each list of tags once; those at or below the clock of `fields.tags` are dropped. */
  readonly welcomes: ReadonlyArray<Welcome>
  /** Lowest clock of a message without a campaign: it gives the tag `Onboarded` if it also gave the origin. */
  readonly direct?: Clock
  /** Only while there is no origin. */
  readonly approach?: Approach
}

export type Contact =
  | { readonly kind: 'unseen' }
  /** Updates came first; they wait here for the contact. */
  | { readonly kind: 'early'; readonly heard: ContactHeard }
  | { readonly kind: 'known'; readonly heard: ContactHeard }

export type ContactCommand =
  | { readonly type: 'RecordContact'; readonly contactId: ContactId; readonly seen: Observation
      readonly fields: Partial<ContactFields>; readonly first?: FirstMessage }
  | { readonly type: 'UpdateContact'; readonly contactId: ContactId; readonly seen: Observation; readonly fields: Partial<ContactFields> }
  /** What an alias was told; the registers keep the clocks of their events. */
  | { readonly type: 'MergeContact'; readonly contactId: ContactId; readonly fields: Registers<ContactFields> }
  /** A customer wrote (contract 5.3, step 3); `clock` is the message's. */
  | { readonly type: 'OnboardContact'; readonly contactId: ContactId; readonly agentId: string; readonly phoneNumber: string
      readonly message: FirstMessage; readonly clock: Clock; readonly campaign?: Campaign }
  /** The post-scan sync found the oldest message they sent (contract 5.4); `clock` is the lowest of that message's upserts. */
  | { readonly type: 'OnboardFromHistory'; readonly contactId: ContactId; readonly message: FirstMessage; readonly clock: Clock }

export type ContactEvent =
  /** First upsert or first message: everything known by now, early updates included. */
  | { readonly type: 'ContactRecorded'; readonly contactId: ContactId; readonly heard: ContactHeard }
  | { readonly type: 'ContactRevised'; readonly contactId: ContactId; readonly fields: Registers<ContactFields> }
  | { readonly type: 'ContactFirstMessageFound'; readonly contactId: ContactId; readonly first: FirstMessage }
  | { readonly type: 'ContactWelcomed'; readonly contactId: ContactId; readonly welcome: Welcome }
  | { readonly type: 'ContactWroteDirectly'; readonly contactId: ContactId; readonly clock: Clock }
  | { readonly type: 'ContactApproached'; readonly contactId: ContactId; readonly approach: Approach }
