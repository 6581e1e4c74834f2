import { openSession, type Session } from './queried.ts'
import { COMPANIES } from './shapes.ts'

const CHATS_OF_A_COMPANY = 200
const BUSY_CHATS = 10
/** Half of the messages are in few chats, as everywhere. */
const CHAT = `((i / ${2 * COMPANIES}) % case when (i / ${COMPANIES}) % 2 = 0 then ${BUSY_CHATS} else ${CHATS_OF_A_COMPANY} end)`
/** Rows of one statement: its transaction stays small, and progress can be told. */
const CHUNK = 250_000
const FIRST_AT = 1_700_000_000

/** Message `i` as the pipeline would have stored it: a state, its facts and its row in the timeline, of about the same size. */
const MESSAGE = `
  select i, 'many-' || (i % ${COMPANIES}) as company_id, 'S' || i as message_id, 'chat-' || ${CHAT} as chat_id,
    case when i % 2 = 0 then 'IN' else 'OUT' end as flow, '62812990' || (i % 1000) as from_phone, ${FIRST_AT} + i / 4 as at,
    format('{"id": "S%s", "fromMe": false, "remoteJid": "6281299001144@s.whatsapp.net"}', i)::jsonb as key,
    format('{"extendedTextMessage": {"text": "masih ada stok ukuran L?", "contextInfo": {"stanzaId": "S%s", "participant": "6281299001144@s.whatsapp.net"}}}', i)::jsonb as content,
    repeat('masih ada stok ukuran L? ', 4) as text,
    format('{"c": [[[%s, 1, %s, 0], ["chatId", "jid", "flow", "agentId", "fromPhone", "toPhone", "key", "timestamp", "text", "type", "content"]]],
      "f": [%1$s, 1, %2$s, 0], "g": [], "s": ["delivered", [%1$s, 1, %2$s, 0]], "x": false}', ${FIRST_AT} + i / 4, i)::jsonb as merge,
    format('{"stream": "wa_events_stream", "domain": "", "consumer": "daisi_ingest_many", "message_id": "msg-%s", "processed_at": "2026-01-01T00:00:00+00:00",
      "message_subject": "v1.messages.upsert.many", "stream_sequence": %1$s, "consumer_sequence": %1$s}', i)::jsonb as metadata
  from generate_series($1::bigint, $2::bigint) as i`

const COMMON = `company_id, message_id, chat_id, jid, flow, agent_id, from_phone, to_phone, key, message_timestamp, message_text, message_type,
  message_obj, status, is_deleted, merge`
const COMMON_VALUES = `company_id, message_id, chat_id, '6281299001144@s.whatsapp.net', flow, 'agent-1', from_phone, '6281100020003', key, at, text,
  'extendedTextMessage', content, 'delivered', false, merge`

const CHUNK_STATEMENTS = [
  `insert into daisi.messages (${COMMON}, message_date, row_version, last_metadata)
    select ${COMMON_VALUES}, to_timestamp(at)::date, 1, metadata from (${MESSAGE}) m`,
  `insert into daisi.event_log (epoch, company_id, kind, aggregate_id, aggregate_version, type, schema_version, payload, cause_stream,
      cause_sequence, cause_item)
    select 1, company_id, 'message', message_id, 1, 'MessageRecorded', 1, json_build_object('messageId', message_id, 'firstSeen', merge -> 'f',
      'heard', json_build_object('failed', false, 'deleted', false, 'greetings', '[]'::json, 'fields', json_build_array(json_build_array(
        merge -> 'f', json_build_object('chatId', chat_id, 'flow', flow, 'fromPhone', from_phone, 'text', text, 'key', key::text,
          'content', content::text, 'agentId', 'agent-1', 'timestamp', at))))), 'wa_events_stream', i, 0 from (${MESSAGE}) m`,
  `insert into read.message_timeline (${COMMON}, failed, sent_at) select ${COMMON_VALUES}, false, at from (${MESSAGE}) m`,
]

/** Chats with their last message and a contact each, as their projections leave them. */
const CHATS = `
  select 'many-' || c as company_id, 'chat-' || n as chat_id, 'Pelanggan ' || n as name, '628129900' || n as phone
  from generate_series(0, ${COMPANIES - 1}) as c, generate_series(0, ${CHATS_OF_A_COMPANY - 1}) as n`
const LAST_STATEMENTS = [
  `insert into read.chat_overview (company_id, chat_id, visible, jid, phone_number, push_name, agent_id, unread_count, last_message_id,
      last_message_at, merge)
    select k.company_id, k.chat_id, true, phone || '@s.whatsapp.net', phone, name, 'agent-1', 3, l.message_id, l.sent_at, '{}'
    from (${CHATS}) k left join lateral (select message_id, sent_at from read.message_timeline t
      where t.company_id = k.company_id and t.chat_id = k.chat_id order by sent_at desc, message_id desc limit 1) l on true`,
  `insert into read.contact_card (company_id, contact_id, agent_id, phone_number, chat_id, custom_name, status, merge)
    select company_id, 'contact-' || chat_id, 'agent-1', phone, chat_id, name, 'ACTIVE', '{}' from (${CHATS}) k`,
]

const inChunks = async (session: Session, messages: number): Promise<void> => {
  for (let from = 1; from <= messages; from += CHUNK) {
    const through = Math.min(messages, from + CHUNK - 1)
    for (const statement of CHUNK_STATEMENTS) await session.rows(statement, [from, through])
    process.stderr.write(`stored ${through} of ${messages} messages\n`)
  }
}

/** Fills an empty database by bare SQL, past the service: so many messages with facts and read models, of the load's companies. */
export const storeMessages = async (databaseUrl: string, messages: number): Promise<void> => {
  const session = await openSession(databaseUrl)
  await session.rows(`set synchronous_commit = off`)
  await inChunks(session, messages)
  for (const statement of LAST_STATEMENTS) await session.rows(statement)
  for (const table of ['daisi.messages', 'daisi.event_log', 'read.message_timeline', 'read.chat_overview', 'read.contact_card'])
    await session.rows(`vacuum (analyze) ${table}`)
  await session.rows('checkpoint')
  await session.close()
}
