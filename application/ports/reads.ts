import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { JsonText } from '../../domain/brand.ts'
import type { CompanyId } from '../../domain/company.ts'
import type { EpochSeconds } from '../../domain/time.ts'
import type { Position } from './event-log.ts'
import type { Unavailable } from './unavailable.ts'

export interface ChatView {
  readonly chatId: string
  readonly jid: string
  readonly isGroup: boolean
  readonly unreadCount: number
  readonly phoneNumber?: string
  readonly pushName?: string
  readonly customName?: string
  readonly groupName?: string
  readonly notSpam?: boolean
  readonly agentId?: string
  readonly assignedTo?: string
  readonly snapshot?: JsonText
  readonly lastMessageId?: string
  /** 0 where neither the chat nor a message of it told a time. */
  readonly lastActivityAt: EpochSeconds
}

export interface MessageView {
  readonly messageId: string
  readonly chatId: string
  readonly flow: 'IN' | 'OUT'
  readonly failed: boolean
  readonly isDeleted: boolean
  readonly sentAt: EpochSeconds
  readonly agentId?: string
  readonly jid?: string
  readonly status?: string
  readonly type?: string
  readonly text?: string
  readonly url?: string
  readonly fromPhone?: string
  readonly toPhone?: string
  readonly editedAt?: EpochSeconds
  readonly editedContent?: JsonText
  readonly content?: JsonText
}

export interface ContactView {
  readonly contactId: string
  readonly agentId: string
  readonly phoneNumber: string
  readonly status: string
  readonly chatId?: string
  readonly type?: string
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
  readonly gender?: string
  readonly origin?: string
  readonly firstMessageId?: string
  readonly firstMessageAt?: EpochSeconds
}

export interface AgentView {
  readonly agentId: string
  readonly status?: string
  readonly name?: string
  readonly hostName?: string
  readonly version?: string
  readonly phoneNumber?: string
}

export interface OnboardingView {
  readonly onboardingId: string
  readonly agentId: string
  readonly phoneNumber: string
  readonly messageId: string
  readonly at: EpochSeconds
}

/** Where a row stands in its order: its time (0 where the order has none), then its id; latest first. */
export interface Key { readonly at: number; readonly id: string }

/** A part of an ordered list: `limit` rows after one key, or before one (then the last ones before it). */
export interface PageRequest { readonly limit: number; readonly after?: Key; readonly before?: Key; readonly backward: boolean }

/** `hasMore`: rows beyond, in the direction of reading. */
export interface Slice<Row> { readonly rows: ReadonlyArray<Row>; readonly hasMore: boolean }

export interface ChatCriteria { readonly agentId?: string; readonly isGroup?: boolean; readonly unread?: boolean }
export interface MessageCriteria { readonly flow?: 'IN' | 'OUT'; readonly deleted?: boolean }
export interface ContactCriteria { readonly agentId?: string; readonly status?: string }
export interface OnboardingCriteria { readonly agentId?: string }

export interface Totals { readonly chats: number; readonly messages: number; readonly unread: number; readonly contacts: number; readonly onboardings: number }
export interface PersonKey { readonly agentId: string; readonly phoneNumber: string }
export interface ProjectionProgress { readonly name: string; readonly position: Position; readonly factAtMs?: number }

type Read<A> = TaskEither<Unavailable, A>

/**
 * The read models of one company during one request; nothing of another company can be seen through it. Each call is one
 * statement, however many ids it is asked for; ids that do not exist are absent. Contract: test/contract/reads.contract.ts
 */
export interface Reads {
  readonly chats: (page: PageRequest, criteria: ChatCriteria) => Read<Slice<ChatView>>
  readonly chatsById: (ids: ReadonlyArray<string>) => Read<ReadonlyArray<ChatView>>
  readonly messagesById: (ids: ReadonlyArray<string>) => Read<ReadonlyArray<MessageView>>
  /** The same page of each of these chats, by chat id. */
  readonly messagesOfChats: (chatIds: ReadonlyArray<string>, page: PageRequest, criteria: MessageCriteria) => Read<ReadonlyMap<string, Slice<MessageView>>>
  readonly contacts: (page: PageRequest, criteria: ContactCriteria) => Read<Slice<ContactView>>
  readonly contactsById: (ids: ReadonlyArray<string>) => Read<ReadonlyArray<ContactView>>
  readonly contactsByPerson: (people: ReadonlyArray<PersonKey>) => Read<ReadonlyArray<ContactView>>
  readonly agents: () => Read<ReadonlyArray<AgentView>>
  readonly onboardings: (page: PageRequest, criteria: OnboardingCriteria) => Read<Slice<OnboardingView>>
  readonly onboardingsById: (ids: ReadonlyArray<string>) => Read<ReadonlyArray<OnboardingView>>
  readonly totals: () => Read<Totals>
  readonly progress: () => Read<ReadonlyArray<ProjectionProgress>>
  /** Ends the request's transaction, if one was begun. */
  readonly close: () => Promise<void>
}

export type OpenReads = (companyId: CompanyId) => Reads
