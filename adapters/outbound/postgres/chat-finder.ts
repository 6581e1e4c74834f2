import * as TE from 'fp-ts/lib/TaskEither.js'
import { sql, type RawBuilder } from 'kysely'
import type { ChatConditions, ChatFinder, FoundChat } from '../../../application/ports/chat-finder.ts'
import { keysetClauses, matching, toPage } from './finder-pages.ts'
import { byKey, type Nullable } from './finder-rows.ts'
import type { ReadSession } from './finder-session.ts'

type Row = Nullable<FoundChat>

const selected = ({ companyId, within }: ReadSession): RawBuilder<unknown> => sql`
  select chat_id as "chatId", jid, phone_number as "phoneNumber", push_name as "pushName", custom_name as "customName", is_group as "isGroup",
    group_name as "groupName", not_spam as "notSpam", agent_id as "agentId", assigned_to as "assignedTo", unread_count as "unreadCount",
    last_message::text as snapshot, last_message_id as "lastMessageId", last_activity_at::float8 as "lastActivityAt"
  from read.chat_overview where company_id = ${companyId} and visible ${within(sql`agent_id`)}`

const place = { at: sql`last_activity_at`, id: sql`chat_id` }

const unread = (wanted: boolean | undefined): RawBuilder<unknown> => {
  if (wanted === undefined) return sql``
  return wanted ? sql`and unread_count > 0` : sql`and unread_count = 0`
}

const meeting = (conditions: ChatConditions): RawBuilder<unknown> => sql`${matching(sql`agent_id`, conditions.agentId)}
  ${matching(sql`assigned_to`, conditions.assignedTo)} ${matching(sql`is_group`, conditions.isGroup)}
  ${matching(sql`not_spam`, conditions.notSpam)} ${unread(conditions.unread)}`

export const postgresChatFinder = (session: ReadSession): ChatFinder => ({
  page: (request, conditions) => TE.map((found: ReadonlyArray<Row>) => toPage<FoundChat>(request, found))(
    session.rows(sql<Row>`${selected(session)} ${meeting(conditions)} ${keysetClauses(place, request)}`)),
  byIds: (chatIds) => TE.map(byKey<FoundChat>(({ chatId }) => chatId))(
    session.rows(sql<Row>`${selected(session)} and chat_id = any(${[...chatIds]}::text[])`)),
})
