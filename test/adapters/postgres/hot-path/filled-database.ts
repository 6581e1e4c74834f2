import { Client } from 'pg'
import type { CompanyId } from '../../../../domain/company.ts'
import { openDatabase, type OpenDatabase } from '../../../support/open-database.ts'

export const COMPANIES = 16
const CHATS = 1_000
const TALKATIVE_CHATS = 50
const MESSAGES_OF_EACH = 100
const EARLY_FACTS = 4_000

export const companyAt = (i: number): CompanyId => `company-${String(i)}` as CompanyId

const upTo = (count: number, name: string): string => `generate_series(0, ${count - 1}) ${name}`
const COMPANY = `(select 'company-' || c as company_id from ${upTo(COMPANIES, 'c')}) companies`
const CHAT = `${COMPANY} cross join ${upTo(CHATS, 'chat')}`
const MESSAGE = `${COMPANY} cross join ${upTo(TALKATIVE_CHATS, 'chat')} cross join ${upTo(MESSAGES_OF_EACH, 'm')}`

/**
 * Enough rows that reading all of a table costs more than its indexes do; what rows say besides does not matter to a planner.
 * The timeline's projection stands behind the last fact.
 */
const FILL: ReadonlyArray<string> = [
  `insert into daisi.messages (company_id, message_id, chat_id, agent_id, from_phone, flow, message_timestamp, message_date, row_version, merge)
   select company_id, chat || '/' || m, 'chat-' || chat, 'agent', '62' || chat, 'IN', 1750000000 + m, '2026-01-01', 1, '{}' from ${MESSAGE}`,
  `insert into daisi.event_log (epoch, company_id, kind, aggregate_id, aggregate_version, type, schema_version, payload, cause_stream,
     cause_sequence, cause_item)
   select 1, company_id, 'message', chat || '/' || m, 1, 'MessageRecorded', 1, '{}', 'REALTIME', 1, 0 from ${MESSAGE}`,
  `insert into daisi.chats (company_id, chat_id, unread_count, row_version, merge) select company_id, 'chat-' || chat, 0, 1, '{}' from ${CHAT}`,
  `insert into daisi.early_facts (company_id, kind, aggregate_id, state, row_version)
   select company_id, 'message', 'early-' || n, jsonb_build_object('heard', repeat('x', 500)), 1 from ${COMPANY} cross join ${upTo(EARLY_FACTS, 'n')}`,
  `insert into read.message_timeline (company_id, message_id, chat_id, agent_id, flow, failed, message_text, sent_at, is_deleted, merge)
   select company_id, chat || '/' || m, 'chat-' || chat, 'agent', 'IN', false, 'hello', 1750000000 + m, false, '{}' from ${MESSAGE}`,
  `insert into read.chat_overview (company_id, chat_id, visible, agent_id, phone_number, conversation_at, last_message_id, last_message_at, merge)
   select company_id, 'chat-' || chat, true, 'agent', '62' || chat, 1750000000 - chat, chat || '/' || ${MESSAGES_OF_EACH - 1},
     1750000000 - chat, '{}' from ${CHAT}`,
  `insert into read.contact_card (company_id, contact_id, agent_id, phone_number, status, first_message_timestamp, merge)
   select company_id, 'contact-' || chat, 'agent', '62' || chat, 'ACTIVE', 1750000000 + chat, '{}' from ${CHAT}`,
  `insert into read.checkpoint (name, epoch, xid, seq)
   select 'message_timeline', epoch, xid, seq from daisi.event_log order by epoch desc, xid desc, seq desc limit 1`,
]

/** A database with 80,000 messages of 16 companies on both sides, analysed; rows are no whole aggregates. */
export const filledDatabase = async (): Promise<OpenDatabase> => {
  const database = await openDatabase()
  const owner = new Client({ connectionString: database.url })
  await owner.connect()
  await owner.query('set role daisi_owner')
  for (const statement of FILL) await owner.query(statement)
  await owner.query('reset role')
  await owner.query('vacuum analyze')
  await owner.end()
  return database
}
