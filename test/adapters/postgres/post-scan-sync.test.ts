import { expect } from 'chai'
import { sql } from 'kysely'
import { asWriter } from '../../../adapters/outbound/postgres/in-role.ts'
import { postgresCompanies } from '../../../adapters/outbound/postgres/companies.ts'
import { postgresPostScanSyncs } from '../../../adapters/outbound/postgres/post-scan-syncs.ts'
import { postgresTransactions } from '../../../adapters/outbound/postgres/transactions.ts'
import { handleBatch } from '../../../application/commands/handle-batch.ts'
import { runPostScanSyncs } from '../../../application/jobs/run-post-scan-syncs.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { aCompanyId } from '../../support/a-company-id.ts'
import { imported, minutes } from '../../support/an-observation.ts'
import { aSyncRequest, contactOf, messageFrom } from '../../support/a-synced-agent.ts'
import { rightOf } from '../../support/right-of.ts'
import { withDatabase } from '../../support/with-database.ts'

type Row = Readonly<Record<string, unknown>>

const CONTACTS = 230
const PAGE = 20
const PROCESSES = 4

describe('the post-scan sync in PostgreSQL', () => {
  const database = withDatabase()
  const handle = () => handleBatch(postgresTransactions(database().orm))
  const step = (leaseMs: number) => rightOf(runPostScanSyncs({ companies: postgresCompanies(database().orm), handle: handle(),
    syncs: postgresPostScanSyncs(database().orm) }, { page: PAGE, leaseMs }))
  const toTheEnd = async (leaseMs: number): Promise<void> => { while ((await step(leaseMs)).more); }
  const rowsOf = (companyId: CompanyId, table: string): Promise<ReadonlyArray<Row>> => asWriter(database().orm, [companyId], async (tx) =>
    (await sql<Row>`select * from daisi.${sql.ref(table)}`.execute(tx)).rows)
  const anImport = async (): Promise<CompanyId> => {
    const companyId = aCompanyId()
    await rightOf(postgresCompanies(database().orm).register([companyId]))
    const phones = Array.from({ length: CONTACTS }, (_, i) => String(62_000 + i))
    await rightOf(handle()([...phones.map((phone) => contactOf(companyId, phone)), aSyncRequest(companyId, minutes(0)),
      ...phones.flatMap((phone, i) => [1, 2].map((n) =>
        messageFrom(companyId, phone, { id: `${phone}-${String(n)}`, seen: imported(i, n), timestamp: minutes(-n) })))]))
    return companyId
  }

  it('shows a customer found in a history in the tables that people read', async () => {
    const companyId = await anImport()
    await toTheEnd(60_000)
    const contact = (await rowsOf(companyId, 'contacts')).find(({ phone_number }) => phone_number === '62007')
    expect(contact).to.include({ origin: 'DirectChat', tags: 'Onboarded', first_message_id: '62007-2' })
    const logged = (await rowsOf(companyId, 'onboarding_log')).find(({ phone_number }) => phone_number === '62007')
    expect(logged).to.include({ message_id: '62007-2', agent_id: 'a1' })
    expect(logged?.['last_metadata']).to.include({ source: 'post_scan_sync' }).and.to.have.property('synced_at')
    const [run] = await rowsOf(companyId, 'post_scan_syncs')
    expect(run?.['done_at']).not.to.equal(null)
  })

  it('logs each customer once, though several processes and dying ones run it at once', async () => {
    const companyId = await anImport()
    await Promise.all(Array.from({ length: PROCESSES }, (_, i) => toTheEnd(i % 2 === 0 ? 0 : 60_000)))
    const logged = await rowsOf(companyId, 'onboarding_log')
    expect(logged).to.have.length(CONTACTS)
    expect(logged.every(({ row_version }) => row_version === 1)).to.equal(true)
    expect((await rowsOf(companyId, 'contacts')).every(({ origin }) => origin === 'DirectChat')).to.equal(true)
  })

  it('waits until a suspended company is active again', async () => {
    const companyId = await anImport()
    const become = (status: string) => asWriter(database().orm, [companyId], (tx) =>
      sql`update daisi.companies set status = ${status} where company_id = ${companyId}`.execute(tx))
    await become('suspended')
    await toTheEnd(60_000)
    expect(await rowsOf(companyId, 'onboarding_log')).to.have.length(0)
    await become('active')
    await toTheEnd(60_000)
    expect(await rowsOf(companyId, 'onboarding_log')).to.have.length(CONTACTS)
  })

  it('is done anew when it is requested later, not when it is requested earlier or again', async () => {
    const companyId = await anImport()
    await toTheEnd(60_000)
    const doneAt = async () => (await rowsOf(companyId, 'post_scan_syncs'))[0]?.['done_at']
    await rightOf(handle()([aSyncRequest(companyId, minutes(0)), aSyncRequest(companyId, minutes(-5))]))
    expect(await doneAt()).not.to.equal(null)
    await rightOf(handle()([aSyncRequest(companyId, minutes(5))]))
    expect(await doneAt()).to.equal(null)
    await toTheEnd(60_000)
    expect(await doneAt()).not.to.equal(null)
  })

  it('looks into the index once a contact, and reads no other message', async () => {
    const companyId = await anImport()
    const plan = await asWriter(database().orm, [companyId], async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx)
      return (await sql<{ 'QUERY PLAN': string }>`explain select message_id from daisi.messages where company_id = ${companyId}
        and agent_id = 'a1' and from_phone = '62007' and flow = 'IN' order by first_seen, message_id collate "C" limit 1`.execute(tx)).rows
    })
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).to.include('messages_oldest_incoming')
  })
})
