import type { AdvancedRow } from '../../../application/ports/read-model-store.ts'
import { keyOf, type AggregateKey } from '../../../application/ports/transactions.ts'
import type { Message } from '../../../domain/message/message.ts'
import { shownMessage } from '../../../domain/message/shown.ts'

export interface LastMessage { readonly messageId: string; readonly sentAt: number }

interface Placed extends LastMessage { readonly chat: string }

/** The key is that of the message: company, space, id. */
const placedOf = (key: string, row: Message | undefined): Placed | undefined => {
  if (row?.kind !== 'recorded') return undefined
  const { chatId, sentAt } = shownMessage(row.heard, row.firstSeen)
  const space = key.indexOf(' ')
  return chatId === undefined ? undefined : { chat: `${key.slice(0, space)} ${chatId}`, messageId: key.slice(space + 1), sentAt }
}

const isLater = (a: LastMessage, b: LastMessage): boolean => a.sentAt > b.sentAt || (a.sentAt === b.sentAt && a.messageId > b.messageId)

/** The latest message of each chat by (time, id), recomputed from `timeline` for the chats that saved messages belong to or have left. */
export const lastMessages = (timeline: ReadonlyMap<string, Message>) => {
  const byChat = new Map<string, LastMessage>()
  const recompute = (chats: ReadonlySet<string>): void => {
    for (const chat of chats) byChat.delete(chat)
    for (const [key, row] of timeline) {
      const placed = placedOf(key, row)
      if (placed === undefined || !chats.has(placed.chat)) continue
      const { chat, messageId, sentAt } = placed
      const known = byChat.get(chat)
      if (known === undefined || isLater(placed, known)) byChat.set(chat, { messageId, sentAt })
    }
  }
  return {
    of: (chat: AggregateKey): LastMessage | undefined => byChat.get(keyOf(chat)),
    refresh: (saved: ReadonlyArray<AdvancedRow<Message>>): void => {
      const touched = saved.flatMap(({ key, before, row }) => [placedOf(keyOf(key), before), placedOf(keyOf(key), row)])
      recompute(new Set(touched.flatMap((placed) => (placed === undefined ? [] : [placed.chat]))))
    },
  }
}
