import type { JsonText } from '../../domain/brand.ts'
import type { Flow } from '../../domain/message/message.ts'
import type { Found, Page, PageRequest } from './finder-page.ts'

/** Times are seconds since 1970. */
export interface FoundMessage {
  readonly messageId: string
  readonly chatId: string
  readonly agentId?: string
  readonly jid?: string
  readonly flow: Flow
  readonly status?: string
  readonly failed: boolean
  readonly type?: string
  readonly text?: string
  readonly mediaUrl?: string
  readonly fromPhone?: string
  readonly toPhone?: string
  readonly sentAt: number
  readonly editedAt?: number
  readonly editedContent?: JsonText
  readonly isDeleted: boolean
  readonly content?: JsonText
}

/** An absent condition lets everything through; `sentFrom` is included, `sentBefore` is not. */
export interface MessageConditions {
  readonly flow?: Flow
  readonly type?: string
  readonly sentFrom?: number
  readonly sentBefore?: number
}

/** Contract: test/contract/finders.contract.ts */
export interface MessageFinder {
  /** The same page of each chat, in one statement; ordered by (sentAt, messageId), latest first. Every asked chat has a page. */
  readonly pages: (
    chatIds: ReadonlyArray<string>, request: PageRequest, conditions: MessageConditions,
  ) => Found<ReadonlyMap<string, Page<FoundMessage>>>
  /** By message id; unknown ones are absent. */
  readonly byIds: (messageIds: ReadonlyArray<string>) => Found<ReadonlyMap<string, FoundMessage>>
}
