import { sql } from 'kysely'
import type { AdvancedRow } from '../../../application/ports/read-model-store.ts'
import { keyOf, type AggregateKey } from '../../../application/ports/transactions.ts'
import type { Message } from '../../../domain/message/message.ts'
import type { Send } from './pipelined-client.ts'
import { tableIn, type ReadSchema } from './read-model-schema.ts'
import { companiesOf, idsOf } from './state-table-sql.ts'

const chatOf = (state: Message | undefined): string | undefined =>
  (state?.kind === 'recorded' ? state.heard.fields.chatId?.value : undefined)

/** The chats that messages belong to or have left, each once. */
const touchedBy = (rows: ReadonlyArray<AdvancedRow<Message>>): ReadonlyArray<AggregateKey> => {
  const touched = new Map<string, AggregateKey>()
  for (const { key: { companyId }, before, row } of rows) for (const id of [chatOf(before), chatOf(row)])
    if (id !== undefined) touched.set(keyOf({ companyId, id }), { companyId, id })
  return [...touched.values()]
}

/**
 * Recomputed, not folded: a message may turn out older, or belong to another chat, than was known. A chat of which only
 * messages are known gets an invisible row. Ordered as `chat_overview` writes it, so that the two never deadlock.
 */
export const refreshLastMessages = async (
  send: Send, schema: ReadSchema, rows: ReadonlyArray<AdvancedRow<Message>>,
): Promise<void> => {
  const touched = touchedBy(rows)
  if (touched.length === 0) return
  await send(sql`insert into ${tableIn(schema, 'chat_overview')} as c (company_id, chat_id, last_message_id, last_message_at)
    select t.company_id, t.chat_id, l.message_id, l.sent_at
    from unnest(${companiesOf(touched)}::text[], ${idsOf(touched)}::text[]) as t(company_id, chat_id)
    left join lateral (select m.message_id, m.sent_at from ${tableIn(schema, 'message_timeline')} m
      where m.company_id = t.company_id and m.chat_id = t.chat_id
      order by m.sent_at desc, m.message_id desc limit 1) l on true
    order by t.company_id, t.chat_id
    on conflict (company_id, chat_id) do update
      set last_message_id = excluded.last_message_id, last_message_at = excluded.last_message_at, updated_at = now()
      where (c.last_message_id, c.last_message_at) is distinct from (excluded.last_message_id, excluded.last_message_at)`)
}
