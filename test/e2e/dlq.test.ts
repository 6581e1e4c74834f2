import { expect } from 'chai'
import { sql } from 'kysely'
import { openBroker, type Broker } from '../support/broker.ts'
import { eventually } from '../support/eventually.ts'
import { messageUpsert } from '../support/bad-inputs/valid-events.ts'
import { runDaisi, type Ran } from '../support/run-daisi.ts'
import { startService, type ServiceProcess } from '../support/service-process.ts'
import { withDatabase } from '../support/with-database.ts'

const COMPANY = 'DLQ-A'
const TEST_WITHIN_MS = 180_000
const SUBJECT = `v1.messages.upsert.${COMPANY}`

describe('daisi dlq', function () {
  this.timeout(TEST_WITHIN_MS)
  const database = withDatabase()
  let broker: Broker
  let ingest: ServiceProcess

  const rows = async <Row>(query: string): Promise<ReadonlyArray<Row>> =>
    (await sql<Row>`${sql.raw(query)}`.execute(database().orm.em.fork().getKysely<unknown>())).rows
  const dlq = (args: ReadonlyArray<string>, input?: string): Promise<Ran> =>
    runDaisi(['dlq', ...args], { DATABASE_URL: database().url, NATS_URL: broker.url }, input)
  const answer = async <A>(...args: ReadonlyArray<string>): Promise<A> => {
    const { code, out, err } = await dlq([...args, '--json'])
    expect(code, `${args.join(' ')}: ${out}${err}`).to.equal(0)
    return JSON.parse(out) as A
  }
  const refused = async (args: ReadonlyArray<string>, input?: string): Promise<string> => {
    const { code, out } = await dlq([...args, '--json'], input)
    expect(code, out).to.equal(1)
    return (JSON.parse(out) as { readonly error: { readonly code: string } }).error.code
  }
  const lastAudit = async () =>
    (await rows('select actor, action, target, outcome from daisi.operator_audit order by at desc limit 1'))[0]

  before(async () => {
    broker = await openBroker()
    ingest = await startService('ingest', { NATS_URL: broker.url, DATABASE_URL: database().url })
    for (const unique of ['d1', 'd2', 'd3'])
      await broker.publish(SUBJECT, JSON.stringify(messageUpsert(unique, COMPANY, { message_id: undefined })))
    await broker.publish(SUBJECT, 'not json')
    await eventually('four events have failed', async () => (await rows('select from daisi.failed_events')).length === 4, 30_000)
  })
  after(async () => {
    await ingest.end('SIGTERM')
    await broker.close()
  })

  const idOf = async (reason: string): Promise<string> =>
    String((await rows<{ readonly id: string }>(`select id from daisi.failed_events where reason = '${reason}' order by id limit 1`))[0]?.id)

  it('lists what failed, latest first, alone and by what failed alike', async () => {
    const { out } = await dlq(['list', '--company', COMPANY])
    expect(out.match(/malformed_json|missing_field \/message_id/g)).to.deep.equal(
      ['malformed_json', 'missing_field /message_id', 'missing_field /message_id', 'missing_field /message_id'])
    const { groups } = await answer<{ readonly groups: ReadonlyArray<object> }>('list', '--grouped')
    expect(groups[1]).to.deep.include({ eventType: 'v1.messages.upsert', reason: 'missing_field', place: '/message_id', count: 3 })
  })

  it('shows one with its attempts, and its body only when asked for', async () => {
    const id = await idOf('malformed_json')
    expect((await dlq(['show', id])).out).to.include('malformed_json').and.not.include('not json')
    expect(await answer('show', id, '--body')).to.include({ body: 'not json', reason: 'malformed_json' })
    expect(await refused(['show', '999999'])).to.equal('not_found')
  })

  it('refuses an edit that fails the schema, and keeps the original of one that is accepted', async () => {
    const id = await idOf('malformed_json')
    const edit = ['edit', id, '--body-file', '-', '--as', 'rina']
    expect(await refused(edit, JSON.stringify(messageUpsert('e1', COMPANY, { jid: 7 })))).to.equal('invalid_body')
    expect(await lastAudit()).to.deep.equal({ actor: 'cli:rina', action: 'edit', target: `failed_event:${id}`, outcome: 'invalid_body' })
    expect((await dlq(edit, JSON.stringify(messageUpsert('e1', COMPANY)))).code).to.equal(0)
    expect(await rows(`select convert_from(body, 'utf8') as body, edited_by from daisi.failed_events where edited_body is not null`))
      .to.deep.equal([{ body: 'not json', edited_by: 'cli:rina' }])
  })

  it('shows what a replay would change without changing it, then does it', async () => {
    const id = await idOf('malformed_json')
    const { items } = await answer<{ readonly items: ReadonlyArray<object> }>('replay', id, '--dry-run')
    expect(JSON.stringify(items)).to.include('MessageRecorded').and.include('"fields"').and.not.include('masih ada')
    expect(await rows('select from daisi.messages')).to.have.length(0)
    const { code, out, err } = await dlq(['replay', id])
    expect(code, out + err).to.equal(0)
    expect(out).to.include('finished; 1 applied')
    expect(await rows(`select message_id from daisi.messages`)).to.deep.equal([{ message_id: 'msg-e1' }])
    expect(await rows(`select status, resolved from daisi.failed_events join daisi.exhausted_events using (company_id, id) where id = ${id}`))
      .to.deep.equal([{ status: 'resolved', resolved: true }])
  })

  it('tells a replay that failed again by its exit code', async () => {
    const id = await idOf('missing_field')
    const { code, out } = await dlq(['replay', id])
    expect({ code, out }).to.include({ code: 1 })
    expect(out).to.include('1 failed').and.include('missing_field')
    expect(await rows(`select status, attempts_finished from daisi.failed_events where id = ${id}`))
      .to.deep.equal([{ status: 'exhausted', attempts_finished: 2 }])
  })

  it('refuses, changes nothing and writes it down: unknown id, empty filter, suspended company', async () => {
    expect(await refused(['replay', '999999'])).to.equal('not_found')
    expect(await lastAudit()).to.include({ action: 'replay', outcome: 'not_found' })
    expect(await refused(['replay', '--company', COMPANY])).to.equal('empty_filter')
    await rows(`update daisi.companies set status = 'suspended'`)
    expect(await refused(['replay', '--company', COMPANY, '--reason', 'missing_field', '--yes'])).to.equal('company_not_active')
    expect(await lastAudit()).to.include({ action: 'replay', outcome: 'company_not_active' })
    await rows(`update daisi.companies set status = 'active'`)
    expect(await rows('select from daisi.replay_jobs')).to.have.length(3)
  })

  it('wants a clear yes before it acts on more than one', async () => {
    const { code, err } = await dlq(['replay', '--company', COMPANY, '--reason', 'missing_field'])
    expect({ code, err }).to.include({ code: 2 })
    expect(err).to.include('3 events are meant')
  })

  it('discards with a note', async () => {
    const { code, out } = await dlq(['discard', '--company', COMPANY, '--reason', 'missing_field', '--note', 'a test rig', '--yes'])
    expect(code, out).to.equal(0)
    expect(await rows(`select distinct status, note, notes, resolved from daisi.failed_events join daisi.exhausted_events using (company_id, id)
      where reason = 'missing_field'`)).to.deep.equal([{ status: 'discarded', note: 'a test rig', notes: 'a test rig', resolved: true }])
  })

  it('lists jobs, and refuses to abort one that has ended', async () => {
    interface Jobs { readonly jobs: ReadonlyArray<{ readonly id: string; readonly status: string }> }
    const { jobs } = await answer<Jobs>('jobs', 'list', '--company', COMPANY)
    expect(jobs.map(({ status }) => status)).to.deep.equal(['finished', 'finished', 'finished'])
    expect(await refused(['jobs', 'abort', jobs[0]?.id ?? ''])).to.equal('not_running')
  })
})
