import { expect } from 'chai'
import { sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { REALTIME_STREAM } from '../../adapters/inbound/nats/streams.ts'
import type { LoadReport } from '../../adapters/main/load/load-report.ts'
import { planOf, type Planned } from '../../adapters/main/load/plan.ts'
import { openBroker, type Broker } from '../support/broker.ts'
import { eventually } from '../support/eventually.ts'
import { runDaisi } from '../support/run-daisi.ts'
import { startService, type ServiceProcess } from '../support/service-process.ts'
import { withDatabase } from '../support/with-database.ts'

const WITHIN_MS = 240_000
const FROZEN_MS = 1_500
const SUBJECTS = ['v1.messages.upsert', 'v1.chats.upsert'] as const

const messageOf = ({ event, companyId, body, kind }: Planned): ReadonlyArray<string> =>
  (event !== 'v1.messages.upsert' || kind === 'poison' ? [] : [`${companyId} ${(JSON.parse(body) as { message_id: string }).message_id}`])

describe('daisi load', () => {
  const database = withDatabase()
  let broker: Broker
  let ingest: ServiceProcess
  let project: ServiceProcess
  const env = () => ({ NATS_URL: broker.url, DATABASE_URL: database().url })
  const load = (...args: ReadonlyArray<string>) => runDaisi(['load', ...args], env())
  const loadJson = async (...args: ReadonlyArray<string>): Promise<{ readonly code: number | null; readonly report: LoadReport }> => {
    const { code, out } = await load('--json', ...args)
    return { code, report: JSON.parse(out) as LoadReport }
  }
  const rows = async (table: string, prefix: string): Promise<number> => {
    const { rows: [row] } = await sql<{ readonly n: number }>`select count(*)::integer as n from ${sql.raw(table)}
      where starts_with(company_id, ${`${prefix}-`})`.execute(database().orm.em.fork().getKysely<object>())
    return row?.n ?? 0
  }
  const storedOf = async (prefix: string): Promise<number> => {
    const { state } = await broker.jsm.streams.info(REALTIME_STREAM, { subjects_filter: '>' })
    return Object.entries(state.subjects ?? {}).reduce((sum, [subject, n]) => sum + (subject.includes(`.${prefix}-`) ? n : 0), 0)
  }

  before(async function () {
    this.timeout(WITHIN_MS)
    broker = await openBroker()
    ;[ingest, project] = await Promise.all([startService('ingest', env()), startService('project', env())])
  })
  after(async function () {
    this.timeout(WITHIN_MS)
    await Promise.all([ingest.end('SIGKILL'), project.end('SIGKILL')])
    await broker.close()
  })

  it('publishes what it planned, and reports what is there, row by row', async () => {
    const { code, report } = await loadJson('--rate', '150', '--duration', '4', '--companies', '4', '--company-prefix', 'busy',
      '--subjects', ...SUBJECTS, '--duplicates', '10', '--disorder', '10', '--poison', '5', '--seed', '3')
    expect(report.problems).to.deep.equal([])
    expect(code).to.equal(0)
    const plan = [...planOf({ subjects: SUBJECTS, perSecond: 150, seconds: 4, concurrency: 1, companies: 4, companyPrefix: 'busy',
      historySize: 1, duplicates: 10, disorder: 10, poison: 5, seed: 3, waitSeconds: 0 }, { name: 'r', nowSeconds: 0 })]
    const planned = (kind: Planned['kind']): number => plan.filter((one) => one.kind === kind).length
    const [fresh, duplicate, poison] = [planned('fresh'), planned('duplicate'), planned('poison')]
    expect(report.published).to.deep.equal({ fresh, duplicate, poison, total: 600 })
    expect(await storedOf('busy')).to.equal(600)
    const messages = new Set(plan.flatMap(messageOf)).size
    expect([await rows('daisi.messages', 'busy'), await rows('read.message_timeline', 'busy')]).to.deep.equal([messages, messages])
    expect(await rows('daisi.failed_events', 'busy')).to.equal(poison)
    expect(report.deadLetters.total).to.equal(poison)
    expect(Object.keys(report.deadLetters.byReason)).to.have.members(['malformed_json', 'missing_field', 'not_an_object'])
    expect(report.committed + report.withoutEffect).to.equal(fresh)
    expect(report.committed).to.be.greaterThan(messages / 2)
    expect(report.readable).to.equal(report.committed)
    expect(report.lagAtEnd).to.deep.equal({ events: 0, oldestEventSeconds: 0, projectionSeconds: 0 })
    for (const { count, p50, p90, p99, max } of [report.publishToCommitMs, report.publishToReadableMs]) {
      expect(count).to.equal(report.committed)
      expect([0, p50, p90, p99, max]).to.deep.equal([0, p50, p90, p99, max].sort((a, b) => a - b))
      expect(p50).to.be.greaterThan(0)
    }
    expect(report.publishToReadableMs.p50).to.be.at.least(report.publishToCommitMs.p50)
  }).timeout(WITHIN_MS)

  it('measures how long it really took: a frozen ingest shows in every latency', async () => {
    process.kill(ingest.pid, 'SIGSTOP')
    const loading = loadJson('--rate', '40', '--duration', '1', '--companies', '4', '--company-prefix', 'frozen',
      '--subjects', 'v1.messages.upsert')
    await eventually('all is stored', async () => (await storedOf('frozen')) === 40, 60_000)
    await sleep(FROZEN_MS)
    process.kill(ingest.pid, 'SIGCONT')
    const { code, report } = await loading
    expect(code).to.equal(0)
    expect(report.committed).to.equal(40)
    expect(report.publishToCommitMs.p50).to.be.at.least(FROZEN_MS)
    expect(report.publishToReadableMs.p50).to.be.at.least(FROZEN_MS)
  }).timeout(WITHIN_MS)

  it('says, with exit code 1, what is not readable, and what is not settled', async () => {
    await project.end('SIGTERM')
    const unread = await load('--rate', '20', '--duration', '1', '--company-prefix', 'unread', '--companies', '2', '--wait', '5',
      '--subjects', 'v1.messages.upsert')
    expect(unread.code).to.equal(1)
    expect(unread.out).to.match(/20 events not readable within 5 s: does project run/).and.to.match(/publish to commit +│ +20 /)
    await ingest.end('SIGTERM')
    const { code, report } = await loadJson('--rate', '20', '--duration', '1', '--company-prefix', 'alone', '--wait', '1')
    expect(code).to.equal(1)
    expect(report.lagAtEnd.events).to.equal(20)
    expect(report.problems.join()).to.match(/^20 events not settled within 1 s: does ingest run/)
    expect(report.publishToCommitMs.count).to.equal(0)
  }).timeout(WITHIN_MS)

  it('teaches how it is used, and refuses the rest with exit code 2', async () => {
    const [help, typo, percent, prefix] = await Promise.all([load('--help'), load('--subjects', 'v1.message.upsert'),
      load('--poison', '101'), load('--company-prefix', 'a.b')])
    expect(help.code).to.equal(0)
    expect(help.out).to.match(/--disorder <percent>/).and.to.match(/Exit codes:/).and.to.match(/Examples:/)
    expect([typo.code, percent.code, prefix.code]).to.deep.equal([2, 2, 2])
    expect(typo.err).to.contain('did you mean v1.messages.upsert')
  }).timeout(WITHIN_MS)

  it('loads no production by a slip, no company that the service leaves out, and nothing where nothing runs', async () => {
    const production = { ...env(), NODE_ENV: 'production', DAISI_ALLOW_PLAINTEXT: 'true', JWT_JWKS_URL: 'https://keys.invalid',
      CURSOR_SECRET: 'a-key-for-tests-of-at-least-32-bytes' }
    const before = await storedOf('load')
    for (const args of [[], ['--yes'], ['--company-prefix', 'load']]) {
      const { code, err } = await runDaisi(['load', '--duration', '1', ...args], production)
      expect(code).to.equal(2)
      expect(err).to.contain('in production --company-prefix and --yes are needed')
    }
    const left = await runDaisi(['load', '--duration', '1'], { ...env(), COMPANY_IDS: 'load-0,acme' })
    expect(left.code).to.equal(2)
    expect(left.err).to.contain('COMPANY_IDS leaves load-1 out')
    expect(await storedOf('load')).to.equal(before)
    const nowhere = await runDaisi(['load', '--duration', '1'], { DAISI_DATA_DIR: '/nonexistent', NATS_URL: '', DATABASE_URL: '' })
    expect(nowhere).to.include({ code: 1, out: '' })
    expect(nowhere.err).to.contain('There is no service to load')
  }).timeout(WITHIN_MS)
})
