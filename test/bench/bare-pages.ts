import { toGlobalId } from '../../adapters/inbound/graphql/global-id.ts'

/** A row as the finders' SQL names its columns. */
export type BareRow = Readonly<Record<string, unknown>>

const MS_PER_SECOND = 1_000

const time = (seconds: unknown): Date | null => (seconds === null ? null : new Date(Number(seconds) * MS_PER_SECOND))

/** As long as the service's cursors, but unsigned: what signing costs is the service's own. */
const UNSIGNED = Buffer.alloc(18)
const cursorOf = (at: unknown, id: unknown): string =>
  Buffer.concat([UNSIGNED, Buffer.from(JSON.stringify([at, id]))]).toString('base64url')

const pageInfo = (edges: ReadonlyArray<{ readonly cursor: string }>, hasNextPage: boolean) =>
  ({ hasNextPage, endCursor: edges.at(-1)?.cursor ?? null })

const lastMessage = (row: BareRow | undefined) => (row === undefined ? null : {
  id: toGlobalId('Message', String(row['messageId'])), flow: row['flow'], type: row['type'], text: row['text'], status: row['status'],
  sentAt: time(row['sentAt']),
})

const tagsOf = (list: unknown): ReadonlyArray<string> =>
  (typeof list === 'string' ? list : '').split(',').map((tag) => tag.trim()).filter((tag) => tag !== '')

const contact = (row: BareRow | undefined) => (row === undefined ? null : {
  id: toGlobalId('Contact', String(row['contactId'])), customName: row['customName'], phoneNumber: row['phoneNumber'],
  tags: tagsOf(row['tags']),
})

const byKey = (rows: ReadonlyArray<BareRow>, keyOf: (row: BareRow) => string): ReadonlyMap<string, BareRow> =>
  new Map(rows.map((row) => [keyOf(row), row]))

const person = ({ agentId, phoneNumber }: BareRow): string => `${String(agentId)} ${String(phoneNumber)}`

const chatNode = (chat: BareRow, message: BareRow | undefined, known: BareRow | undefined) => ({
  id: toGlobalId('Chat', String(chat['chatId'])), chatId: chat['chatId'],
  displayName: known?.['customName'] ?? chat['customName'] ?? chat['groupName'] ?? chat['pushName'] ?? chat['phoneNumber'] ?? null,
  isGroup: chat['isGroup'], assignedTo: chat['assignedTo'], unreadCount: chat['unreadCount'],
  lastActivityAt: chat['lastActivityAt'] === 0 ? null : time(chat['lastActivityAt']),
  lastMessage: lastMessage(message), contact: contact(known),
})

export const inboxJson = (
  chats: ReadonlyArray<BareRow>, more: boolean, messages: ReadonlyArray<BareRow>, contacts: ReadonlyArray<BareRow>,
): string => {
  const [messageById, contactOf] = [byKey(messages, ({ messageId }) => String(messageId)), byKey(contacts, person)]
  const edges = chats.map((chat) => ({ cursor: cursorOf(chat['lastActivityAt'], chat['chatId']),
    node: chatNode(chat, messageById.get(String(chat['lastMessageId'])), contactOf.get(person(chat))) }))
  return JSON.stringify({ data: { chats: { edges, pageInfo: pageInfo(edges, more) } } })
}

const messageNode = (row: BareRow) => ({
  id: toGlobalId('Message', String(row['messageId'])), messageId: row['messageId'], flow: row['flow'], fromPhone: row['fromPhone'],
  toPhone: row['toPhone'], type: row['type'], text: row['text'], mediaUrl: row['mediaUrl'], status: row['status'], failed: row['failed'],
  isDeleted: row['isDeleted'], sentAt: time(row['sentAt']), editedAt: time(row['editedAt']),
})

export const timelineJson = (chatId: unknown, messages: ReadonlyArray<BareRow>, more: boolean): string => {
  const edges = messages.map((row) => ({ cursor: cursorOf(row['sentAt'], row['messageId']), node: messageNode(row) }))
  const chat = { id: toGlobalId('Chat', String(chatId)), messages: { edges, pageInfo: pageInfo(edges, more) } }
  return JSON.stringify({ data: { chat } })
}
