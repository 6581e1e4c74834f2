import { sql } from 'kysely'
import type { AdvancedRow } from '../../../application/ports/read-model-store.ts'
import type { Message } from '../../../domain/message/message.ts'
import type { Database } from './in-role.ts'
import { tableIn, type ReadSchema } from './read-model-schema.ts'

const chatOf = (state: Message | undefined): string | undefined =>
  (state?.kind === 'recorded' ? state.heard.fields.chatId?.value : undefined)

/** The chats that messages belong to or have left. */
const touchedBy = (rows: ReadonlyArray<AdvancedRow<Message>>): ReadonlyArray<{ readonly companyId: string; readonly chatId: string }> =>
  rows.flatMap(({ key: { companyId }, before, row }) =>
    [...new Set([chatOf(before), chatOf(row)])].flatMap((chatId) => (chatId === undefined ? [] : [{ companyId, chatId }])))

/**
 * Recomputed, not folded: a message may turn out older, or belong to another chat, than was known. A chat of which only
 * messages are known gets an invisible row. Ordered as `chat_overview` writes it, so that the two never deadlock.
 */
export const refreshLastMessages = async (
  tx: Database, schema: ReadSchema, rows: ReadonlyArray<AdvancedRow<Message>>,
): Promise<void> => {
  const touched = touchedBy(rows)
  if (touched.length === 0) return
  await sql`insert into ${tableIn(schema, 'chat_overview')} as c (company_id, chat_id, last_message_id, last_message_at)
    select t.company_id, t.chat_id, l.message_id, l.sent_at
    from (select distinct company_id, chat_id from unnest(${touched.map(({ companyId }) => companyId)}::text[],
      ${touched.map(({ chatId }) => chatId)}::text[]) as n(company_id, chat_id)) t
    left join lateral (select m.message_id, m.sent_at from ${tableIn(schema, 'message_timeline')} m
      where m.company_id = t.company_id and m.chat_id = t.chat_id
      order by m.sent_at desc, m.message_id desc limit 1) l on true
    order by t.company_id, t.chat_id
    on conflict (company_id, chat_id) do update
      set last_message_id = excluded.last_message_id, last_message_at = excluded.last_message_at, updated_at = now()
      where (c.last_message_id, c.last_message_at) is distinct from (excluded.last_message_id, excluded.last_message_at)`.execute(tx)
}
