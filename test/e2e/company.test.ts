import { expect } from 'chai'
import { sql } from 'kysely'
import { aMessageBody } from '../support/a-delivery.ts'
import { openBroker, type Broker } from '../support/broker.ts'
import { eventually } from '../support/eventually.ts'
import { runDaisi, type Ran } from '../support/run-daisi.ts'
import { startService, type ServiceProcess } from '../support/service-process.ts'
import { withDatabase } from '../support/with-database.ts'

const [ACME, OTHER] = ['ACME', 'OTHER']
const TEST_WITHIN_MS = 180_000
const WITHIN_MS = 90_000
const [PER_SECOND, EVENTS] = [50, 300]
/** The first events, a burst of a second's worth, may be stored so long after the limit let them pass. */
const STORED_LATE_SECONDS = 2

describe('daisi company', function () {
  this.timeout(TEST_WITHIN_MS)
  const database = withDatabase()
  let broker: Broker
  let ingest: ServiceProcess

  const one = async <A>(query: string): Promise<A> => {
    const { rows: [row] } = await sql<{ readonly value: A }>`${sql.raw(query)}`.execute(database().orm.em.fork().getKysely<unknown>())
    if (row === undefined) throw new Error('no row')
    return row.value
  }
  const stored = (company: string): Promise<number> =>
    one(`select count(*)::int as value from daisi.messages where company_id = '${company}'`)
  const company = (...args: ReadonlyArray<string>): Promise<Ran> =>
    runDaisi(['company', ...args], { DATABASE_URL: database().url, NATS_URL: broker.url })
  const answer = async (...args: ReadonlyArray<string>): Promise<unknown> => {
    const { code, out, err } = await company(...args, '--json')
    expect(code, `${args.join(' ')}: ${out}${err}`).to.equal(0)
    return JSON.parse(out)
  }
  const publish = async (companyId: string, from: number, count: number): Promise<void> => {
    for (let i = from; i < from + count; i += 1)
      await broker.publish(`v1.messages.upsert.${companyId}`, JSON.stringify(aMessageBody(`m${i}`)))
  }
  const untilStored = (companyId: string, count: number): Promise<void> =>
    eventually(`${count} of ${companyId} are stored`, async () => (await stored(companyId)) === count, WITHIN_MS)

  before(async () => {
    broker = await openBroker()
    ingest = await startService('ingest', { NATS_URL: broker.url, DATABASE_URL: database().url })
    for (const companyId of [ACME, OTHER]) await publish(companyId, 0, 1)
    for (const companyId of [ACME, OTHER]) await untilStored(companyId, 1)
  })
  after(async () => {
    await ingest.end('SIGTERM')
    await broker.close()
  })

  it('lists companies with their shares and limits, for people and for programs', async () => {
    const fresh = { status: 'active', weight: 1, limits: {} }
    expect(await answer('list')).to.deep.equal({ companies: [{ companyId: ACME, ...fresh }, { companyId: OTHER, ...fresh }] })
    const weighed = { companyId: OTHER, ...fresh, weight: 3 }
    expect(await answer('weight', OTHER, '3')).to.deep.equal({ company: weighed })
    expect(await answer('show', OTHER)).to.deep.equal({ company: weighed })
    expect((await company('list')).out).to.include(ACME).and.include('active').and.include('realtime limit')
  })

  it('tells wrong use from what is refused', async () => {
    const wrong = [['weight', ACME, '0'], ['limit', ACME, '--realtime', 'fast'], ['limit', ACME, '--realtime', '0/s'],
      ['limit', ACME, '--none', '--realtime', '5/s'], ['limit', ACME, '--history', '5/s', '--burst', '9'], ['show', 'a.b']]
    for (const args of wrong) expect((await company(...args)).code, args.join(' ')).to.equal(2)
    for (const args of [['suspend', 'NOBODY'], ['show', 'NOBODY']]) {
      const { code, out } = await company(...args, '--json')
      expect(code, args.join(' ')).to.equal(1)
      expect(JSON.parse(out)).to.have.nested.property('error.code', 'not_found')
    }
  })

  it('suspends without losing anything, and resumes within the limit; waiting costs no attempt', async () => {
    await answer('suspend', ACME)
    const pulls = async () => (await broker.jsm.consumers.info('wa_events_stream', `daisi_ingest_${ACME}`)).num_waiting
    await eventually('nobody pulls it', async () => (await pulls()) === 0, WITHIN_MS)
    await publish(ACME, 1, EVENTS)
    await publish(OTHER, 1, 1)
    await untilStored(OTHER, 2)
    expect(await stored(ACME)).to.equal(1)

    expect(await answer('limit', ACME, '--realtime', `${PER_SECOND}/s`, '--history', '20/s')).to.have.nested.property('company.limits')
      .that.deep.equals({ realtime: { perSecond: PER_SECOND, burst: PER_SECOND }, history: { perSecond: 20, burst: 20 } })
    await answer('resume', ACME, '--as', 'rina')
    await untilStored(ACME, EVENTS + 1)
    const seconds = await one<number>(`select extract(epoch from max(recorded_at) - min(recorded_at))::float8 as value
      from daisi.event_log where company_id = '${ACME}' and kind = 'message' and cause_sequence > 2`)
    expect(EVENTS, `${seconds} s`).to.be.at.most(PER_SECOND * (1 + seconds + STORED_LATE_SECONDS))
    expect(await one(`select count(*)::int as value from daisi.failed_events`)).to.equal(0)
    expect(await one(`select count(*)::int as value from daisi.event_log where type = 'MessageRecorded' and company_id = '${ACME}'`))
      .to.equal(EVENTS + 1)
    expect(await one(`select array_agg(actor || ' ' || action || ' ' || outcome order by id) as value from daisi.operator_audit
      where company_id = '${ACME}' and actor = 'cli:rina'`)).to.deep.equal(['cli:rina resume done'])
    expect(await answer('limit', ACME, '--none')).to.have.deep.nested.property('company.limits', {})
  })
})
