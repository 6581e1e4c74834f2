import * as TE from 'fp-ts/lib/TaskEither.js'
import { sql, type RawBuilder } from 'kysely'
import type { FoundMessage, MessageConditions, MessageFinder } from '../../../application/ports/message-finder.ts'
import { keysetClauses, matching, toPage } from './finder-pages.ts'
import { byKey, type Nullable } from './finder-rows.ts'
import type { ReadSession } from './finder-session.ts'

type Row = Nullable<FoundMessage>

const selected = ({ companyId, within }: ReadSession): RawBuilder<unknown> => sql`
  select m.message_id as "messageId", m.chat_id as "chatId", m.agent_id as "agentId", m.jid, m.flow, m.status, m.failed, m.message_type as type,
    m.message_text as text, m.message_url as "mediaUrl", m.from_phone as "fromPhone", m.to_phone as "toPhone", m.sent_at::float8 as "sentAt",
    m.edited_at::float8 as "editedAt", m.edited_message_obj::text as "editedContent", m.is_deleted as "isDeleted", m.message_obj::text as content
  from read.message_timeline m where m.company_id = ${companyId} ${within(sql`m.agent_id`)}`

const place = { at: sql`m.sent_at`, id: sql`m.message_id` }

const meeting = ({ flow, type, sentFrom, sentBefore }: MessageConditions): RawBuilder<unknown> => sql`
  ${matching(sql`m.flow`, flow)} ${matching(sql`m.message_type`, type)}
  ${sentFrom === undefined ? sql`` : sql`and m.sent_at >= ${sentFrom}::bigint`}
  ${sentBefore === undefined ? sql`` : sql`and m.sent_at < ${sentBefore}::bigint`}`

export const postgresMessageFinder = (session: ReadSession): MessageFinder => ({
  pages: (chatIds, request, conditions) => TE.map((found: ReadonlyArray<Row>) => {
    const rowsByChat = Map.groupBy(found, ({ chatId }) => chatId)
    return new Map(chatIds.map((chatId) => [chatId, toPage<FoundMessage>(request, rowsByChat.get(chatId) ?? [])]))
  })(session.rows(sql<Row>`select p.* from unnest(${[...chatIds]}::text[]) as c(chat_id) cross join lateral (
    ${selected(session)} and m.chat_id = c.chat_id ${meeting(conditions)} ${keysetClauses(place, request)}) p`)),
  byIds: (messageIds) => TE.map(byKey<FoundMessage>(({ messageId }) => messageId))(
    session.rows(sql<Row>`${selected(session)} and m.message_id = any(${[...messageIds]}::text[])`)),
})
