import type { FoundChat } from '../../../application/ports/chat-finder.ts'
import type { FoundContact } from '../../../application/ports/contact-finder.ts'
import type { FoundMessage } from '../../../application/ports/message-finder.ts'
import { toDate } from './conditions.ts'
import { toGlobalId } from './global-id.ts'

/**
 * What was found, under the names and in the types of the schema. Made once for each row, instead of by a resolver for each field of
 * each row (ADR 0022).
 */
export interface ChatView extends Omit<FoundChat, 'lastActivityAt'> { readonly id: string; readonly lastActivityAt: Date | undefined }

export interface MessageView extends Omit<FoundMessage, 'sentAt' | 'editedAt'> {
  readonly id: string
  readonly sentAt: Date
  readonly editedAt: Date | undefined
}

export interface ContactView extends Omit<FoundContact, 'tags' | 'firstMessageAt'> {
  readonly id: string
  readonly tags: ReadonlyArray<string>
  readonly firstMessageAt: Date | undefined
}

const toTags = (list: string | undefined): ReadonlyArray<string> =>
  (list === undefined ? [] : list.split(',').map((tag) => tag.trim()).filter((tag) => tag !== ''))

/** What is shown as it was found. */
export const asFound = <Row>(row: Row): Row => row

/** A chat of which nothing has a time shows none. */
export const toChatView = (found: FoundChat): ChatView => {
  const { chatId, lastActivityAt } = found
  return { ...found, id: toGlobalId('Chat', chatId), lastActivityAt: lastActivityAt === 0 ? undefined : toDate(lastActivityAt) }
}

export const toMessageView = (found: FoundMessage): MessageView => {
  const { messageId, sentAt, editedAt } = found
  return { ...found, id: toGlobalId('Message', messageId), sentAt: toDate(sentAt),
    editedAt: editedAt === undefined ? undefined : toDate(editedAt) }
}

export const toContactView = (found: FoundContact): ContactView => {
  const { contactId, tags, firstMessageAt } = found
  return { ...found, id: toGlobalId('Contact', contactId), tags: toTags(tags),
    firstMessageAt: firstMessageAt === undefined ? undefined : toDate(firstMessageAt) }
}
