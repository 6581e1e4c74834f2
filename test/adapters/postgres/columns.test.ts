import { expect } from 'chai'
import { sql } from 'kysely'
import { handleBatch } from '../../../application/commands/handle-batch.ts'
import type { Instruction } from '../../../application/aggregates.ts'
import type { JsonText } from '../../../domain/brand.ts'
import { asWriter } from '../../../adapters/outbound/postgres/in-role.ts'
import { postgresTransactions } from '../../../adapters/outbound/postgres/transactions.ts'
import { aCause } from '../../support/a-change.ts'
import { aCompanyId } from '../../support/a-company-id.ts'
import { aMessage, aMessageUpdate } from '../../support/a-message.ts'
import { live, minutes } from '../../support/an-observation.ts'
import { rightOf } from '../../support/right-of.ts'
import { withDatabase } from '../../support/with-database.ts'

type Row = Readonly<Record<string, unknown>>
type Command = Extract<Instruction, { readonly kind: 'message' }>['command']

describe('the table that people read', () => {
  const database = withDatabase()
  const companyId = aCompanyId()
  const handle = (command: Command): Promise<unknown> => rightOf(handleBatch(postgresTransactions(database().orm))(
    [{ kind: 'message', companyId, id: 'm1', cause: aCause(7), command }]))
  const row = (): Promise<Row> => asWriter(database().orm, [companyId], async (tx) =>
    (await sql<Row>`select *, message_date::text as date, message_obj::text as body from daisi.messages`.execute(tx)).rows[0] ?? {})

  it('shows a message under the contract\'s names, and what it came from', async () => {
    await handle(aMessage(live(1), { timestamp: minutes(-5), content: '{"n": 12345678901234567890}' as JsonText }, { status: 'sent' }))
    const shown = await row()
    expect(shown).to.include({ company_id: companyId, message_id: 'm1', chat_id: 'c1', jid: '62812@s.whatsapp.net', flow: 'IN',
      agent_id: 'a1', from_phone: '62812', message_text: 'hello', status: 'sent', is_deleted: false, date: '2025-06-23',
      body: '{"n": 12345678901234567890}' })
    expect(Number(shown['message_timestamp'])).to.equal(minutes(-5))
    expect(shown['last_metadata']).to.include({ stream: 'REALTIME', stream_sequence: 7, consumer: 'daisi_ingest_ACME',
      consumer_sequence: 7, domain: '', message_id: 'msg-7', message_subject: 'v1.messages.upsert.ACME' })
    expect(shown['last_metadata']).to.have.property('processed_at')
  })

  it('shows the failure that the ladder allows, and deletion', async () => {
    await handle(aMessageUpdate(live(2), { status: 'failed' }))
    expect(await row()).to.include({ status: 'failed', is_deleted: false })
    await handle(aMessageUpdate(live(3), { status: 'read', deleted: true }))
    expect(await row()).to.include({ status: 'read', is_deleted: true })
  })

  it('keeps its first time, and its last one while nothing changes', async () => {
    const before = await row()
    await handle(aMessageUpdate(live(3), { status: 'read', deleted: true }))
    expect(await row()).to.deep.equal(before)
    await handle(aMessage(live(9), { text: 'edited' }))
    const after = await row()
    expect([after['created_at'], after['id']]).to.deep.equal([before['created_at'], before['id']])
    expect(after['updated_at']).not.to.equal(before['updated_at'])
  })

  it('stores no body twice', async () => {
    await handle(aMessage(live(10), { text: 'x'.repeat(1_000), content: `{"t": "${'y'.repeat(1_000)}"}` as JsonText }))
    expect(JSON.stringify((await row())['merge']).length).to.be.lessThan(900)
  })
})
