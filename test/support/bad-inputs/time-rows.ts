import { applied, deadLetter, type BadInput, type BaseSubject, type Expected } from './row.ts'
import { chatUpdate, chatUpsert, changed, connectionUpdate, messageUpsert } from './valid-events.ts'
import { historyOf } from './size-rows.ts'

type Body = BadInput['body']
const row = (id: string, what: string, body: Body, expected: Expected, subject: BaseSubject = 'v1.messages.upsert'): BadInput =>
  ({ id, what, subject, body, expected })

const at = (message_timestamp: unknown): Body => changed(messageUpsert, { message_timestamp })
const hoursAhead = (hours: number): Body => (unique, company) => at(Math.floor(Date.now() / 1000) + hours * 3600)(unique, company)
const BAD_TIME = deadLetter('timestamp_out_of_range', '/message_timestamp')
const FOREIGN = deadLetter('company_mismatch', '/company_id')

/** Bad inputs 3, E62 to E70. E70a and E70b are one message: give both the same `unique`. */
export const TIME_ROWS: ReadonlyArray<BadInput> = [
  row('E62a', 'milliseconds', at(1_714_567_890_123), applied('ms_to_s')),
  row('E62b', 'milliseconds in a chat', changed(chatUpsert, { conversation_timestamp: 1_714_567_890_123 }), applied('ms_to_s'),
    'v1.chats.upsert'),
  row('E64a', 'timestamp 0', at(0), applied()),
  row('E64b', 'no timestamp', at(undefined), applied()),
  row('E65a', 'negative timestamp', at(-1), BAD_TIME),
  row('E65b', 'negative timestamp in a chat update', changed(chatUpdate, { conversation_timestamp: -1 }), applied(), 'v1.chats.update'),
  row('E65c', 'negative timestamp in a chat', changed(chatUpsert, { conversation_timestamp: -1 }),
    deadLetter('timestamp_out_of_range', '/conversation_timestamp'), 'v1.chats.upsert'),
  { ...row('E66a', '1970', at(86_400), applied()), unusual: ['time_in_the_past'] },
  { ...row('E66b', '1999', at(930_000_000), applied()), unusual: ['time_in_the_past'] },
  { ...row('E66c', '2008', at(1_210_000_000), applied()), unusual: ['time_in_the_past'] },
  { ...row('E67a', 'an hour ahead', hoursAhead(1), applied()), unusual: ['time_in_the_future'] },
  { ...row('E67b', '25 hours ahead', hoursAhead(25), applied()), unusual: ['time_in_the_future'] },
  { ...row('E67c', 'the year 2099', at(4_075_000_000), applied()), unusual: ['time_in_the_future'] },
  row('E68a', 'the year 10000', at(253_402_300_800), BAD_TIME),
  row('E68b', '1e15', at(1e15), BAD_TIME),
  row('E68c', 'the year 10000 in milliseconds', at(253_402_300_800_000), BAD_TIME),
  row('E69', 'ISO string', at('2025-06-23T03:20:11Z'), deadLetter('wrong_type', '/message_timestamp')),
  row('E70a', 'a message, on one day', at(1_750_650_042), applied()),
  row('E70b', 'the same message, on another day', at(1_750_750_042), applied()),
]

/** Bad inputs 4, E73 to E75: the company in the payload. */
export const COMPANY_ROWS: ReadonlyArray<BadInput> = [
  row('E73a', 'a message of another company', changed(messageUpsert, { company_id: 'OTHER99' }), FOREIGN),
  row('E73b', 'an agent of another company', changed(connectionUpdate, { company_id: 'OTHER99' }), FOREIGN, 'v1.connection.update'),
  ...[undefined, '', null].map((company_id, i) =>
    row(`E74${'abc'[i]}`, `company ${JSON.stringify(company_id) ?? 'absent'}`, changed(messageUpsert, { company_id }), applied())),
  row('E75', 'one history item of another company',
    historyOf(messageUpsert, 'messages', 3, (i) => (i === 1 ? { company_id: 'OTHER99' } : {})),
    { outcome: 'partial', reason: 'company_mismatch', badItems: [1] }, 'v1.history.messages'),
]
