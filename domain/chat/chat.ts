import type { Branded, JsonText } from '../brand.ts'
import type { Arrival, Observation } from '../clock.ts'
import type { Registers } from '../register.ts'
import type { EpochSeconds } from '../time.ts'

/** Chat identity given by the gateway, unique in its company. */
export type ChatId = Branded<string, 'ChatId'>

export interface ChatFields {
  readonly jid: string
  readonly isGroup: boolean
  readonly notSpam: boolean
  readonly agentId: string
  readonly phoneNumber: string
  readonly pushName: string
  readonly groupName: string
  readonly customName: string
  readonly assignedTo: string
  /** The publisher's own free-form snapshot; `snapshot` in GraphQL. */
  readonly lastMessage: JsonText
  /** As sent, though it may lie in the future. */
  readonly conversationTimestamp: EpochSeconds
}

/** Ordered by arrival in the broker, never by event time (design 5). */
export interface Unread {
  /** The last absolute count; increments that arrived before it count no more. */
  readonly set?: { readonly count: number; readonly at: Arrival }
  /** Later increments, in order of arrival, at most `MOST_INCREMENTS`. */
  readonly raised: ReadonlyArray<Arrival>
}

/** Older increments than these fold into the absolute count and count as seen: the one listed exception (design 5). */
export const MOST_INCREMENTS = 1_000

export interface ChatHeard {
  readonly fields: Registers<ChatFields>
  readonly unread: Unread
}

export type Chat =
  | { readonly kind: 'unseen' }
  /** Updates came first; they wait here for the chat. */
  | { readonly kind: 'early'; readonly heard: ChatHeard }
  | { readonly kind: 'opened'; readonly heard: ChatHeard }

/** `set` for an absolute count (absent counts as 0: contract 4.2), `raise` for exactly 1 in an update. */
export type UnreadChange = { readonly type: 'set'; readonly count: number } | { readonly type: 'raise' }

export type ChatCommand =
  | { readonly type: 'RecordChat'; readonly chatId: ChatId; readonly seen: Observation
      readonly fields: Partial<ChatFields>; readonly unreadCount: number }
  | { readonly type: 'UpdateChat'; readonly chatId: ChatId; readonly seen: Observation
      readonly fields: Partial<Pick<ChatFields, 'lastMessage' | 'conversationTimestamp'>>; readonly unread: UnreadChange }

export type ChatEvent =
  /** First upsert: everything known by now, early updates included. */
  | { readonly type: 'ChatOpened'; readonly chatId: ChatId; readonly heard: ChatHeard }
  | { readonly type: 'ChatRevised'; readonly chatId: ChatId; readonly fields: Registers<ChatFields> }
  | { readonly type: 'ChatUnreadSet'; readonly chatId: ChatId; readonly count: number; readonly at: Arrival }
  | { readonly type: 'ChatUnreadRaised'; readonly chatId: ChatId; readonly at: Arrival }
