import type { Branded, JsonText } from '../brand.ts'
import type { Clock, Observation } from '../clock.ts'
import type { Registers } from '../register.ts'
import type { EpochSeconds } from '../time.ts'
import type { Status } from './status.ts'

/** WhatsApp's message id, unique in its company whatever the date (design 5). */
export type MessageId = Branded<string, 'MessageId'>
export type Flow = 'IN' | 'OUT'

/** What gateways say of a message; names follow GraphQL, columns follow the contract (7.1). */
export interface MessageFields {
  readonly chatId: string
  readonly jid: string
  readonly flow: Flow
  readonly agentId: string
  readonly fromPhone: string
  readonly toPhone: string
  readonly key: JsonText
  /** As sent, though it may lie in the future. */
  readonly timestamp: EpochSeconds
  readonly text: string
  readonly url: string
  readonly type: string
  readonly content: JsonText
  readonly editedContent: JsonText
}

/** Campaign data that came with an incoming message; input of onboarding (contract 5). */
export interface Campaign {
  /** Comma list, as sent. */
  readonly tags?: string
  readonly assignedTo?: string
  readonly origin?: string
}

/** A customer who wrote, as one live event told it. */
export interface Greeting {
  readonly agentId: string
  /** As sent; onboarding cleans it. */
  readonly fromPhone: string
  readonly timestamp: EpochSeconds
  readonly campaign?: Campaign
}

/** One greeting, and the first and the last event that told it: onboarding needs only these two (design 5). */
export interface Told {
  readonly greeting: Greeting
  readonly first: Clock
  readonly last: Clock
}

/** All that has been heard of a message; `firstSeen` is the lowest clock of its upserts. */
export interface Heard {
  readonly fields: Registers<MessageFields>
  readonly status?: Status
  readonly failed: boolean
  readonly deleted: boolean
  readonly greetings: ReadonlyArray<Told>
}

export type Message =
  | { readonly kind: 'unseen' }
  /** Updates came first; they wait here for the message, however late. */
  | { readonly kind: 'early'; readonly heard: Heard }
  | { readonly kind: 'recorded'; readonly heard: Heard; readonly firstSeen: Clock }

export type MessageCommand =
  | { readonly type: 'RecordMessage'; readonly messageId: MessageId; readonly seen: Observation
      readonly fields: Partial<MessageFields>; readonly status?: string; readonly campaign?: Campaign }
  | { readonly type: 'UpdateMessage'; readonly messageId: MessageId; readonly seen: Observation
      readonly fields: Partial<Pick<MessageFields, 'url' | 'editedContent'>>; readonly status?: string; readonly deleted: boolean }

export type MessageEvent =
  /** First upsert: everything known by now, early updates included. */
  | { readonly type: 'MessageRecorded'; readonly messageId: MessageId; readonly heard: Heard; readonly firstSeen: Clock }
  | { readonly type: 'MessageRevised'; readonly messageId: MessageId; readonly fields: Registers<MessageFields> }
  /** An upsert with a lower clock turned up: the message is older than was known. */
  | { readonly type: 'MessageDatedBack'; readonly messageId: MessageId; readonly firstSeen: Clock }
  | { readonly type: 'MessageStatusAdvanced'; readonly messageId: MessageId; readonly status: Status }
  | { readonly type: 'MessageFailed'; readonly messageId: MessageId }
  | { readonly type: 'MessageDeleted'; readonly messageId: MessageId }
  /** A live incoming upsert told of a customer who wrote; whenever it happens, onboarding follows. */
  | { readonly type: 'MessageArrivedLive'; readonly messageId: MessageId; readonly greeting: Greeting; readonly clock: Clock }
