import { expect } from 'chai'
import pg from 'pg'
import { openCluster, TEST_KEY, type Cluster } from './harness/cluster.ts'
import { judge, type Evidence, type Verdict } from './oracle/judge.ts'
import { CANARY } from './workload/bodies.ts'
import { startLoad, type Load } from './workload/load.ts'

const WITHIN_MS = 180_000
const EVENTS = 600
const QUIET_WITHIN_MS = 60_000

/** Behind the oracle's back: each must be found. */
const SABOTAGE: ReadonlyArray<readonly [statement: string, found: RegExp]> = [
  [`delete from daisi.messages where (company_id, message_id) in (select company_id, message_id from daisi.messages limit 1)`,
    /daisi\.messages .* is missing/],
  [`update daisi.chats set unread_count = unread_count + 1`, /daisi\.chats .*: unread_count is/],
  [`update daisi.contacts set tags = 'other'`, /daisi\.contacts .*: tags is/],
  [`update read.message_timeline set status = 'lost' where status = 'read'`, /read\.message_timeline .*: status is "lost"/],
  [`insert into read.onboarding_list (company_id, onboarding_id, agent_id, phone_number, message_id, "timestamp")
    values ('one', 'x/1', 'x', '1', 'm', 1)`, /read\.onboarding_list one x\/1 is one too many/],
  [`update daisi.failed_events set body = body || '\\x00'`, /daisi\.failed_events .*: body is/],
  [`update daisi.exhausted_events set id = id + 1000`, /exhausted_events and failed_events do not belong/],
  [`insert into daisi.event_log (epoch, company_id, kind, aggregate_id, aggregate_version, type, schema_version, payload, cause_stream,
      cause_sequence, cause_item) select epoch, company_id, kind, aggregate_id, aggregate_version + 1000, type, schema_version, payload,
      cause_stream, cause_sequence, cause_item from daisi.event_log where type = 'MessageRecorded' limit 1`,
        /one cause leads to a fact once/],
  [`update daisi.agents set row_version = row_version + 1`, /a state is as old as its facts/],
]

describe('the oracle', function () {
  this.timeout(WITHIN_MS)
  let cluster: Cluster
  let load: Load
  let evidence: Evidence
  let innocent: Verdict
  let guilty: Verdict

  before(async () => {
    cluster = await openCluster()
    for (const role of ['ingest', 'project', 'serve'] as const) cluster.add(role, role)
    await cluster.untilReady()
    load = await startLoad({ natsUrl: cluster.nats.url, seed: 7, companies: ['one', 'two'], rate: 500 })
    await load.reached(EVENTS)
    await load.stop()
    const url = cluster.services.find(({ role }) => role === 'serve')?.current()?.httpUrl ?? ''
    evidence = { natsUrl: cluster.nats.url, databaseUrl: cluster.postgres.url, entries: load.entries(), exits: cluster.exits,
      canary: CANARY,
      logs: cluster.services.map((service) => service.log()), quietWithinMs: QUIET_WITHIN_MS, api: { url, jwtKey: TEST_KEY } }
    innocent = await judge(evidence)
    const client = new pg.Client({ connectionString: cluster.postgres.url })
    await client.connect()
    for (const [statement] of SABOTAGE) await client.query(statement)
    await client.end()
    const [first, ...entries] = evidence.entries.filter(({ type }) => type === 'accepted')
    guilty = await judge({ ...evidence, entries: [...evidence.entries.filter(({ type }) => type === 'intent'), ...entries],
      exits: [{ name: 'ingest', ending: 'SIGSEGV', asked: undefined, lastWords: '' }], logs: [`event failed: ${CANARY}`] })
    expect(first).not.to.equal(undefined)
  })
  after(async () => {
    await load.close()
    await cluster.stop()
  })

  it('finds nothing where nothing is wrong', () => {
    expect(innocent).to.include({ lost: 0, appliedTwice: 0 })
    expect(innocent.problems).to.deep.equal([])
    expect(innocent.events).to.be.greaterThan(EVENTS * 0.9)
  })
  for (const [statement, found] of SABOTAGE)
    it(`finds: ${statement.replace(/\s+/g, ' ').slice(0, 70)}`, () => {
      expect(guilty.problems.some((problem) => found.test(problem)), guilty.problems.join('\n')).to.equal(true)
    })
  it('counts what is lost and what is there twice', () => {
    expect(guilty.lost).to.be.greaterThan(2)
    expect(guilty.appliedTwice).to.be.greaterThan(2)
  })
  it('finds a publish that was never accepted, a death that nobody caused, a text in a log, an answer that differs', () => {
    for (const found of [/was never accepted/, /is stored, and no intent was told so/, /ingest died by itself: SIGSEGV/,
      /logged: event failed/, /the API's message .* differs/])
      expect(guilty.problems.some((problem) => found.test(problem)), String(found)).to.equal(true)
  })
})
