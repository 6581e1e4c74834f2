import { Client } from 'pg'
import { postgresReadModelStore } from '../../../../adapters/outbound/postgres/read-model-store.ts'
import { openDatabase, type OpenDatabase } from '../../../support/open-database.ts'
import type { ReadSide } from '../../../contract/read-model-store.contract.ts'

export interface OpenReadSide extends ReadSide {
  readonly database: OpenDatabase
  /** Runs a statement as the schema's owner, past row-level security. */
  readonly look: <Row>(text: string, values?: ReadonlyArray<unknown>) => Promise<ReadonlyArray<Row>>
  /** Empties the log and the read models. */
  readonly clear: () => Promise<void>
  readonly close: () => Promise<void>
}

const TABLES = [
  'read.message_timeline', 'read.chat_overview', 'read.contact_card', 'read.agent_board', 'read.onboarding_list', 'read.company_totals',
  'read.checkpoint', 'daisi.event_log', 'daisi.messages', 'daisi.chats', 'daisi.contacts', 'daisi.agents', 'daisi.early_facts',
]

/** A database of its own with its read side, and eyes that see all of it. */
export const openReadSide = async (open: () => Promise<OpenDatabase> = openDatabase): Promise<OpenReadSide> => {
  const database = await open()
  const eyes = new Client({ connectionString: database.url })
  await eyes.connect()
  await eyes.query('set role daisi_owner')
  const look = async <Row>(text: string, values: ReadonlyArray<unknown> = []): Promise<ReadonlyArray<Row>> =>
    (await eyes.query(text, [...values])).rows as ReadonlyArray<Row>
  return {
    database, look, store: postgresReadModelStore(database.orm),
    lastMessageOf: async ({ companyId, id }) => (await look<{ readonly messageId: string; readonly sentAt: number }>(
      `select last_message_id as "messageId", last_message_at::float8 as "sentAt" from read.chat_overview
       where company_id = $1 and chat_id = $2 and last_message_id is not null`, [companyId, id]))[0],
    totalsOf: async (companyId) => (await look<Awaited<ReturnType<ReadSide['totalsOf']>>>(
      `select coalesce(sum(messages), 0)::float8 as messages, coalesce(sum(chats), 0)::float8 as chats,
         coalesce(sum(contacts), 0)::float8 as contacts, coalesce(sum(unread), 0)::float8 as unread
       from read.company_totals where company_id = $1`, [companyId]))[0] ?? { messages: 0, chats: 0, contacts: 0, unread: 0 },
    clear: async () => { await look(`truncate ${TABLES.join(', ')}`) },
    close: async () => {
      await eyes.end()
      await database.close()
    },
  }
}
