import { jetstream } from '@nats-io/jetstream'
import { connect, nkeyAuthenticator } from '@nats-io/transport-node'
import { readFileSync } from 'node:fs'

/**
 * The Compose service `gateway`: publishes a short conversation of company ACME with the rights of its gateway, which are to publish
 * that company's events and nothing else. Running it again changes nothing: the events are the same.
 */
const COMPANY = 'ACME'
const CHAT = { chat_id: 'c-1', jid: '62811@s.whatsapp.net', agent_id: 'a-1' }
const AT = 1_795_000_000

const EVENTS: ReadonlyArray<readonly [subject: string, body: object]> = [
  ['v1.connection.update', { agent_id: 'a-1', status: 'connected', agent_name: 'Jakarta CS 1', phone_number: '6281100020001' }],
  ['v1.contacts.upsert', { agent_id: 'a-1', phone_number: '62811', push_name: 'Sinta Santoso' }],
  ['v1.chats.upsert', { ...CHAT, phone_number: '62811', push_name: 'Sinta Santoso', conversation_timestamp: AT }],
  ['v1.messages.upsert', { ...CHAT, message_id: 'm-1', flow: 'IN', status: 'delivered', message_text: 'halo, masih ada stok?',
    message_timestamp: AT }],
  ['v1.messages.upsert', { ...CHAT, message_id: 'm-2', flow: 'OUT', status: 'sent', message_text: 'masih, mau warna apa?',
    message_timestamp: AT + 60 }],
  ['v1.messages.update', { message_id: 'm-2', status: 'read' }],
]

const connection = await connect({
  servers: process.env['NATS_URL'] ?? '', tls: { caFile: process.env['NATS_TLS_CA_FILE'] ?? '' }, inboxPrefix: `_INBOX_${COMPANY}`,
  authenticator: nkeyAuthenticator(readFileSync(process.env['NATS_NKEY_SEED_FILE'] ?? '')),
})
for (const [subject, body] of EVENTS) await jetstream(connection).publish(`${subject}.${COMPANY}`, JSON.stringify(body))
await connection.close()
process.stdout.write(`published ${EVENTS.length} events of ${COMPANY}\n`)
