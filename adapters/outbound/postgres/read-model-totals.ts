import { sql } from 'kysely'
import type { CompanyTotals } from '../../../application/ports/company-totals.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { Send } from './pipelined-client.ts'
import { tableIn, type ReadSchema } from './read-model-schema.ts'

/** Added to what other projections count; ordered, so that two projections never deadlock. */
export const addTotals = async (
  send: Send, schema: ReadSchema, changes: ReadonlyMap<CompanyId, CompanyTotals>,
): Promise<void> => {
  if (changes.size === 0) return
  const rows = [...changes].map(([company_id, totals]) => ({ company_id, ...totals }))
  await send(sql`insert into ${tableIn(schema, 'company_totals')} as t (company_id, messages, chats, contacts, unread)
    select r.company_id, r.messages, r.chats, r.contacts, r.unread
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(company_id text, messages bigint, chats bigint, contacts bigint, unread bigint)
    order by r.company_id
    on conflict (company_id) do update set messages = t.messages + excluded.messages, chats = t.chats + excluded.chats,
      contacts = t.contacts + excluded.contacts, unread = t.unread + excluded.unread`)
}
