import type { ShownContact } from '../../domain/contact/shown.ts'
import type { Found, Page, PageRequest } from './finder-page.ts'

export interface FoundContact {
  /** UUID. */
  readonly contactId: string
  readonly agentId?: string
  readonly phoneNumber?: string
  readonly chatId?: string
  readonly type?: NonNullable<ShownContact['type']>
  readonly customName?: string
  readonly pushName?: string
  readonly notes?: string
  /** Comma list. */
  readonly tags?: string
  readonly avatar?: string
  readonly assignedTo?: string
  readonly pob?: string
  /** `YYYY-MM-DD`. */
  readonly dob?: string
  readonly gender?: NonNullable<ShownContact['gender']>
  readonly origin?: string
  readonly status: ShownContact['status']
  readonly firstMessageId?: string
  /** Seconds since 1970. */
  readonly firstMessageAt?: number
}

/** An absent condition lets everything through. */
export interface ContactConditions {
  readonly agentId?: string
  readonly assignedTo?: string
  readonly type?: NonNullable<ShownContact['type']>
  readonly status?: ShownContact['status']
}

/** A contact belongs to an agent; `phoneNumber` as sent. */
export interface Person { readonly agentId: string; readonly phoneNumber: string }

/** One text for both parts, whatever characters they hold. */
export const personKey = ({ agentId, phoneNumber }: Person): string => JSON.stringify([agentId, phoneNumber])

/** Contract: test/contract/finders.contract.ts */
export interface ContactFinder {
  /** Ordered by (firstMessageAt, contactId), latest first; those who never wrote come last. */
  readonly page: (request: PageRequest, conditions: ContactConditions) => Found<Page<FoundContact>>
  /** By contact id; unknown ones are absent. */
  readonly byIds: (contactIds: ReadonlyArray<string>) => Found<ReadonlyMap<string, FoundContact>>
  /** By `personKey`; unknown ones are absent. */
  readonly byPersons: (persons: ReadonlyArray<Person>) => Found<ReadonlyMap<string, FoundContact>>
}
