import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { sql } from 'kysely'
import { keptEventReader } from '../../adapters/inbound/nats/kept-event-reader.ts'
import { REALTIME_STREAM } from '../../adapters/inbound/nats/streams.ts'
import { postgresOperations } from '../../adapters/main/operations.ts'
import { postgresFailedEvents } from '../../adapters/outbound/postgres/failed-events.ts'
import type { Operations } from '../../application/operations.ts'
import type { CompanyId } from '../../domain/company.ts'
import { aFailedEvent } from '../support/a-failed-event.ts'
import { messageUpsert } from '../support/bad-inputs/valid-events.ts'
import { openBroker, type Broker } from '../support/broker.ts'
import { eventually } from '../support/eventually.ts'
import { rightOf } from '../support/right-of.ts'
import { startService, type ServiceProcess } from '../support/service-process.ts'
import { withDatabase } from '../support/with-database.ts'
import { decoding } from '../support/translating.ts'
import { found } from './figures.ts'

const COMPANY = 'REDRIVE' as CompanyId
const LETTERS = 10_000
const CHUNK = 500
const REHEARSED = 300
const KILLS = 5
/** Failures that arrive after each kill, alike in all but their time. */
const NEW_EACH_KILL = 20
/** Slow enough that there is something left to be killed in. */
const PER_SECOND = 600
const ACTOR = { companyId: COMPANY, actor: 'cli:fault-test' }
const ALIKE = { conditions: { reason: 'handler_error' } }
const TEST_WITHIN_MS = 240_000

/** Of jobs, and of what ingest writes at any time. */
const NOT_COMPARED = ['replay_jobs', 'replay_items', 'operator_audit', 'company_leases', 'ingest_processes']

const HELD = `daisi.replay_items where status = 'waiting' and claimed_until > now()`

const letter = (sequence: number) => aFailedEvent(COMPANY, {
  sequence, stream: REALTIME_STREAM, reason: 'handler_error', pointer: '', message: 'Look at the log.',
  body: new TextEncoder().encode(JSON.stringify(messageUpsert(`r${sequence}`, COMPANY))),
})

describe('redrive of 10,000 dead letters', function () {
  this.timeout(TEST_WITHIN_MS)
  const database = withDatabase()
  let broker: Broker
  let ingest: ServiceProcess
  let operations: Operations
  let inHand = 0

  const rows = async <Row>(query: string): Promise<ReadonlyArray<Row>> =>
    (await sql<Row>`${sql.raw(query)}`.execute(database().orm.em.fork().getKysely<unknown>())).rows
  const count = async (query: string): Promise<number> => Number((await rows<{ readonly n: string }>(`select count(*) as n from ${query}`))[0]?.n)
  const record = async (from: number, letters: number): Promise<void> => {
    for (let sequence = from; sequence < from + letters; sequence += CHUNK)
      await rightOf(postgresFailedEvents(database().orm)
        .record(Array.from({ length: Math.min(CHUNK, from + letters - sequence) }, (_, i) => letter(sequence + i))))
  }
  const start = async (): Promise<void> => {
    ingest = await startService('ingest', { NATS_URL: broker.url, DATABASE_URL: database().url, DAISI_ACK_WAIT_SECONDS: '2' })
  }
  const jobOf = async (jobId: string) => {
    const job = (await rightOf(operations.replayJobs.byIds([jobId]))).get(jobId)
    if (job === undefined) throw new Error('the job is gone')
    return job
  }
  const handled = async (jobId: string): Promise<number> => LETTERS - (await jobOf(jobId)).counts.waiting
  const ended = (jobId: string) => eventually('the job has ended', async () => (await jobOf(jobId)).status !== 'running', TEST_WITHIN_MS)

  /** One hash a table. */
  const fingerprints = async (): Promise<ReadonlyMap<string, string>> => {
    const tables = await rows<{ readonly name: string }>(`select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('daisi', 'read') and tablename not in (${NOT_COMPARED.map((name) => `'${name}'`).join(', ')})`)
    const hashes = await Promise.all(tables.map(async ({ name }) => {
      const [row] = await rows<{ readonly hash: string }>(`select coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as hash from ${name} t`)
      return [name, row?.hash ?? ''] as const
    }))
    return new Map(hashes)
  }

  before(async () => {
    broker = await openBroker()
    operations = postgresOperations(database().orm, keptEventReader(decoding))(COMPANY)
    await sql`insert into daisi.companies (company_id) values (${COMPANY})`.execute(database().orm.em.fork().getKysely<unknown>())
    await record(1, LETTERS)
    await start()
    await eventually('every letter is in the DLQ stream',
      async () => (await count('daisi.failed_events where dlq_published_at is null')) === 0, TEST_WITHIN_MS)
  })
  after(async () => {
    await ingest.end('SIGTERM')
    await broker.close()
  })

  it('changes no row in a dry run, and says what each event would change', async () => {
    const before = await fingerprints()
    const ids = (await rows<{ readonly id: string }>(`select id from daisi.failed_events order by id limit ${REHEARSED}`)).map(({ id }) => Number(id))
    const { jobId } = await rightOf(operations.requestReplay({ ...ACTOR, selection: { ids }, dryRun: true, perSecond: 10_000 }))
    await ended(jobId)
    expect(await fingerprints()).to.deep.equal(before)
    expect(before.size).to.be.greaterThan(15)
    expect((await jobOf(jobId)).counts).to.include({ applied: REHEARSED, waiting: 0 })
    const [item] = await rightOf(operations.replayJobs.items(jobId, 1))
    expect(item?.changes?.map(({ kind, facts }) => `${kind} ${facts.join(' ')}`)).to.deep.equal(['message MessageRecorded MessageArrivedLive'])
  })

  it('lets one of two redrives of one set begin', async () => {
    const request = { ...ACTOR, selection: ALIKE, dryRun: false, perSecond: PER_SECOND }
    const [one, two] = await Promise.all([1, 2].map(() => operations.requestReplay(request)()))
    const begun = [one, two].flatMap((asked) => (asked !== undefined && E.isRight(asked) ? [asked.right] : []))
    const refused = [one, two].flatMap((asked) => (asked !== undefined && E.isLeft(asked) ? [asked.left] : []))
    expect(begun).to.have.length(1)
    expect(begun[0]?.total).to.equal(LETTERS)
    expect(refused[0]).to.include({ code: 'in_another_job', jobId: begun[0]?.jobId })
    expect(await count(`daisi.operator_audit where outcome = 'in_another_job'`)).to.equal(1)
  })

  it('handles each once though ingest is killed five times, and nothing that failed meanwhile', async () => {
    const [{ id: jobId } = { id: '' }] = (await rightOf(operations.replayJobs.page({ from: 'start', size: 1 }))).rows
    for (let kill = 0; kill < KILLS; kill += 1) {
      const target = await handled(jobId) + CHUNK
      await eventually(`${target} items are done`, async () => (await handled(jobId)) >= target, TEST_WITHIN_MS)
      await eventually('ingest has items in hand', async () => (await count(HELD)) > 0, TEST_WITHIN_MS)
      expect(await ingest.end('SIGKILL')).to.equal('SIGKILL')
      inHand += await count(HELD)
      await record(LETTERS + 1 + kill * NEW_EACH_KILL, NEW_EACH_KILL)
      await start()
    }
    await ended(jobId)
    const { status, counts, total } = await jobOf(jobId)
    expect({ status, total }).to.deep.equal({ status: 'finished', total: LETTERS })
    expect(counts).to.include({ waiting: 0, failed: 0, skipped: 0, aborted: 0 })
    expect(counts.applied + counts.unchanged).to.equal(LETTERS)
    expect(inHand, 'killed with something in hand').to.be.greaterThan(0)
  })

  it('leaves exactly one set of facts for each event', async () => {
    expect(await count('daisi.messages')).to.equal(LETTERS)
    for (const type of ['MessageRecorded', 'MessageArrivedLive'])
      expect(await count(`daisi.event_log where type = '${type}'`), type).to.equal(LETTERS)
    const appliedTwice = await count(
      `(select from daisi.event_log where kind = 'message' group by aggregate_id having count(*) <> 2) twice`)
    const lost = LETTERS - await count('daisi.messages')
    found('redrive', { events: LETTERS, lost, appliedTwice, kills: KILLS, inHandWhenKilled: inHand })
    expect(appliedTwice).to.equal(0)
  })

  it('resolves the letters of the set and no other', async () => {
    expect(await count(`daisi.failed_events where status = 'resolved'`)).to.equal(LETTERS)
    expect(await count(`daisi.failed_events where status = 'exhausted' and attempts_finished = 1`)).to.equal(KILLS * NEW_EACH_KILL)
    expect(await count('daisi.exhausted_events where not resolved')).to.equal(KILLS * NEW_EACH_KILL)
  })
})
