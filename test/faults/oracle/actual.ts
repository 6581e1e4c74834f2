import pg from 'pg'
import type { Row, Rows } from './rows.ts'

/** A connection of its own, with the rights of the server's owner: the oracle sees every company. */
export interface Look {
  readonly rows: <T>(query: string) => Promise<ReadonlyArray<T>>
  readonly number: (query: string) => Promise<number>
  readonly close: () => Promise<void>
}

const CONNECT_WITHIN_MS = 10_000

/** JSON numbers are compared as numbers, so `bigint` and dates are read inside JSON. */
export const openLook = async (databaseUrl: string): Promise<Look> => {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_WITHIN_MS, application_name: 'oracle' })
  client.on('error', () => undefined)
  await client.connect()
  const rows = async <T>(query: string): Promise<ReadonlyArray<T>> => (await client.query(query)).rows as ReadonlyArray<T>
  return {
    rows, close: () => client.end(),
    number: async (query) => {
      const [row] = await rows<Readonly<Record<string, unknown>>>(query)
      return Number(Object.values(row ?? {})[0] ?? Number.NaN)
    },
  }
}

const keyed = async ({ rows }: Look, key: string, columns: string, from: string): Promise<Rows> => {
  const found = await rows<{ readonly key: string; readonly row: Row }>(
    `select ${key} as key, to_jsonb(x) as row from ${from} t cross join lateral (select ${columns}) x`)
  return new Map(found.map(({ key: id, row }) => [id, row]))
}

const select = (look: Look, from: string, id: string, columns: string): Promise<Rows> =>
  keyed(look, `t.company_id || ' ' || ${id}`, columns, from)

const MESSAGE = `t.chat_id, t.jid, t.flow, t.agent_id, t.from_phone, t.to_phone, t.key, t.message_timestamp, t.message_text, t.message_type,
  t.message_url, t.message_obj, t.edited_message_obj, t.status, t.is_deleted`
const CHAT = `t.jid, t.is_group, t.not_spam, t.agent_id, t.phone_number, t.push_name, t.group_name, t.custom_name, t.assigned_to,
  t.last_message, t.unread_count`
const CONTACT = `t.agent_id, t.phone_number, t.chat_id, t.type, t.custom_name, t.notes, t.avatar, t.pob, t.origin, t.push_name, t.tags,
  t.assigned_to, t.dob, t.gender, t.status, t.first_message_id, t.first_message_timestamp`
const AGENT = `t.status, t.agent_name, t.phone_number, t.host_name, t.version`
const ONBOARDING = `t.message_id, t.agent_id, t.phone_number, t."timestamp"`
const PERSON = `t.agent_id || '/' || t.phone_number`

/** Every table that the model speaks of, by its name. */
export const actualTables = async (look: Look): Promise<Readonly<Record<string, Rows>>> => ({
  'daisi.messages': await select(look, 'daisi.messages', 't.message_id', `${MESSAGE}, t.message_date`),
  'daisi.chats': await select(look, 'daisi.chats', 't.chat_id', `${CHAT}, t.conversation_timestamp`),
  'daisi.contacts': await select(look, 'daisi.contacts', PERSON, CONTACT),
  'daisi.agents': await select(look, 'daisi.agents', 't.agent_id', `${AGENT}, t.qr_code`),
  'daisi.onboarding_log': await select(look, 'daisi.onboarding_log', PERSON, ONBOARDING),
  'daisi.post_scan_syncs': await select(look, 'daisi.post_scan_syncs', 't.agent_id', 'extract(epoch from t.due_at) as due_at'),
  'daisi.contact_aliases': await select(look, 'daisi.contact_aliases', 't.alias', `t.alias as known`),
  'daisi.early_facts': await select(look, '(select company_id, kind, count(*) as n from daisi.early_facts group by 1, 2)', 't.kind',
    't.n as waiting'),
  'read.message_timeline': await select(look, 'read.message_timeline', 't.message_id', `${MESSAGE}, t.sent_at, t.edited_at, t.failed`),
  'read.chat_overview': await select(look, '(select * from read.chat_overview where visible)', 't.chat_id',
    `${CHAT}, t.conversation_at, t.last_message_id, t.last_message_at, t.last_activity_at`),
  'read.contact_card': await select(look, 'read.contact_card', PERSON, CONTACT),
  'read.agent_board': await select(look, 'read.agent_board', 't.agent_id', AGENT),
  'read.onboarding_list': await select(look, 'read.onboarding_list', PERSON, ONBOARDING),
  'read.company_totals': await keyed(look, 't.company_id', 't.messages, t.chats, t.contacts, t.unread', 'read.company_totals'),
})
