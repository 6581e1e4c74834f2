import type { JsonText } from '../../domain/brand.ts'
import type { Found, Page, PageRequest } from './finder-page.ts'

/** A chat that has been opened; updates alone show nothing. */
export interface FoundChat {
  readonly chatId: string
  readonly jid: string
  readonly phoneNumber?: string
  readonly pushName?: string
  readonly customName?: string
  readonly isGroup: boolean
  readonly groupName?: string
  readonly notSpam: boolean
  readonly agentId?: string
  readonly assignedTo?: string
  readonly unreadCount: number
  /** The publisher's own last message. */
  readonly snapshot?: JsonText
  /** Latest stored message by (sentAt, messageId). */
  readonly lastMessageId?: string
  /** Seconds since 1970, 0 if nothing has been said of it; the order of chats. */
  readonly lastActivityAt: number
}

/** An absent condition lets everything through. */
export interface ChatConditions {
  readonly agentId?: string
  readonly assignedTo?: string
  readonly isGroup?: boolean
  readonly notSpam?: boolean
  readonly unread?: boolean
}

/** Contract: test/contract/finders.contract.ts */
export interface ChatFinder {
  /** Ordered by (lastActivityAt, chatId), latest first. */
  readonly page: (request: PageRequest, conditions: ChatConditions) => Found<Page<FoundChat>>
  /** By chat id; unknown ones are absent. */
  readonly byIds: (chatIds: ReadonlyArray<string>) => Found<ReadonlyMap<string, FoundChat>>
}
