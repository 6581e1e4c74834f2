import { sql } from 'kysely'
import type { ChatView, MessageView, Reads, Slice } from '../../../application/ports/reads.ts'
import { attemptOwn } from './attempt.ts'
import { all, ordered, sliceOf, within, type Order } from './keyset.ts'
import { chatColumns, messageColumns, toView } from './read-views.ts'
import type { ReadsTransaction } from './reads-transaction.ts'

const BY_ACTIVITY: Order = { at: sql`c.last_activity_at`, id: sql`c.chat_id` }
const BY_TIME: Order = { at: sql`m.sent_at`, id: sql`m.message_id` }

/** Rows of chats that are not opened yet hold only their last message; they are not shown. */
const opened = sql`c.visible`

export const chatFinder = ({ run }: ReadsTransaction): Pick<Reads, 'chats' | 'chatsById'> => ({
  chats: (page, { agentId, isGroup, unread }) => attemptOwn(() => run(async (tx) => {
    const criteria = all([
      agentId === undefined ? undefined : sql`c.agent_id = ${agentId}`,
      isGroup === undefined ? undefined : sql`c.is_group = ${isGroup}`,
      unread === undefined ? undefined : unread ? sql`c.unread_count > 0` : sql`c.unread_count = 0`,
    ])
    const { rows } = await sql<object>`select ${chatColumns} from read.chat_overview c
      where ${opened} and ${within(BY_ACTIVITY, page)} and ${criteria} ${ordered(BY_ACTIVITY, page)}`.execute(tx)
    return sliceOf(rows.map((row) => toView<ChatView>(row)), page)
  })),
  chatsById: (ids) => attemptOwn(() => run(async (tx) =>
    (await sql<object>`select ${chatColumns} from read.chat_overview c where ${opened} and c.chat_id = any(${[...ids]}::text[])`.execute(tx))
      .rows.map((row) => toView<ChatView>(row)))),
})

export const messageFinder = ({ run }: ReadsTransaction): Pick<Reads, 'messagesById' | 'messagesOfChats'> => ({
  messagesById: (ids) => attemptOwn(() => run(async (tx) =>
    (await sql<object>`select ${messageColumns} from read.message_timeline m where m.message_id = any(${[...ids]}::text[])`.execute(tx))
      .rows.map((row) => toView<MessageView>(row)))),
  messagesOfChats: (chatIds, page, { flow, deleted }) => attemptOwn(() => run(async (tx) => {
    const criteria = all([flow === undefined ? undefined : sql`m.flow = ${flow}`, deleted === undefined ? undefined : sql`m.is_deleted = ${deleted}`])
    const { rows } = await sql<MessageView>`select l.* from unnest(${[...chatIds]}::text[]) as t(chat_id)
      cross join lateral (select ${messageColumns} from read.message_timeline m
        where m.company_id = current_setting('app.company_id', true) and m.chat_id = t.chat_id and ${within(BY_TIME, page)} and ${criteria} ${ordered(BY_TIME, page)}) l`.execute(tx)
    const byChat = Map.groupBy(rows.map((row) => toView<MessageView>(row)), ({ chatId }) => chatId)
    return new Map(chatIds.map((chatId): [string, Slice<MessageView>] => [chatId, sliceOf(byChat.get(chatId) ?? [], page)]))
  })),
})
