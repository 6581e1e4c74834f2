import { jetstream, jetstreamManager, RetentionPolicy } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { expect } from 'chai'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { ensureStreams, HISTORY_STREAM, REALTIME_STREAM } from '../../adapters/inbound/nats/streams.ts'
import type { Examined } from '../../adapters/main/doctor/check.ts'
import { freePort } from '../../adapters/main/embedded/free-port.ts'
import { startNats, type EmbeddedNats } from '../../adapters/main/embedded/nats-server.ts'
import { obtainNatsServer } from '../../adapters/main/embedded/obtain-nats-server.ts'
import { startPostgres } from '../../adapters/main/embedded/postgres.ts'
import type { EmbeddedServer } from '../../adapters/main/embedded/embedded-server.ts'
import { migrate } from '../../adapters/outbound/postgres/migrate.ts'
import { aMessageBody } from '../support/a-delivery.ts'
import { doctor, findingsOf } from '../support/a-doctor.ts'
import { openFolder } from '../support/embedded-servers.ts'
import { eventually } from '../support/eventually.ts'
import { startService, type ServiceProcess } from '../support/service-process.ts'

const WITHIN_MS = 240_000
const KEY = 'a-key-for-tests-of-at-least-32-bytes'

const notWell = (findings: ReadonlyMap<string, Examined>, state: Examined['state']): ReadonlyArray<string> =>
  [...findings].filter(([, one]) => one.state === state).map(([name]) => name)

describe('daisi doctor, of servers as they should be', () => {
  let folder: string
  let nats: EmbeddedNats
  let postgres: EmbeddedServer
  let processes: ReadonlyArray<ServiceProcess>
  const admin = (): ReadonlyArray<string> => ['--admin', ...processes.map(({ adminUrl }) => adminUrl)]

  before(async function () {
    this.timeout(WITHIN_MS)
    folder = openFolder()
    nats = await startNats(obtainNatsServer().path, { storeDir: join(folder, 'nats'), syncInterval: 'always' })
    postgres = await startPostgres({ dataDir: folder })
    await migrate(postgres.url)
    const env = { NATS_URL: nats.url, DATABASE_URL: postgres.url, JWT_KEY: KEY, CURSOR_SECRET: KEY }
    processes = await Promise.all([startService('ingest', env), startService('project', env), startService('serve', env)])
    const connection = await connect({ servers: nats.url })
    await jetstream(connection).publish('v1.messages.upsert.acme', JSON.stringify(aMessageBody('m1')))
    await connection.close()
  })
  after(async function () {
    this.timeout(WITHIN_MS)
    await Promise.all(processes.map((one) => one.end('SIGTERM')))
    await Promise.all([nats.stop(), postgres.stop()])
    rmSync(folder, { recursive: true, force: true })
  })

  it('finds the embedded servers by itself, and nothing bad; what is left are warnings', async () => {
    let findings: ReadonlyMap<string, Examined> = new Map()
    await eventually('nothing is bad', async () => {
      findings = findingsOf(await doctor({ DAISI_DATA_DIR: folder }, '--json', ...admin()))
      return notWell(findings, 'bad').length === 0
    }, 60_000)
    expect(findings.size).to.be.greaterThan(25)
    expect(notWell(findings, 'warn')).to.deep.equal(['nats place of the events', 'nats room of the streams'])
    expect(findings.get('nats power cut')?.says).to.contain('on disk before its publisher hears so')
    expect(findings.get('nats durables')?.says).to.contain('1 durable')
  }).timeout(WITHIN_MS)

  it('exits 0 with warnings, 1 with --strict, and looks at what it is told to only', async () => {
    const env = { NATS_URL: nats.url, DATABASE_URL: postgres.url }
    // one after the other: four at once keep two cores busy, which is something a doctor may find
    const [all, strict] = [await doctor(env, ...admin()), await doctor(env, '--strict', '--only', 'nats')]
    const database = await doctor(env, '--strict', '--json', '--only', 'postgresql')
    const process = await doctor(env, '--admin', 'nowhere')
    expect([all.code, strict.code, database.code, process.code], `${all.out}${database.out}`).to.deep.equal([0, 1, 0, 1])
    expect(all.out).to.match(/what it means.*what to do/).and.to.match(/\d+ ok, \d warn, 0 bad/)
    expect(strict.out).to.contain('set NATS_MONITOR_URL')
    expect([...findingsOf(database).values()].every(({ area }) => area === 'postgresql')).to.equal(true)
  }).timeout(WITHIN_MS)

  it('says that frozen servers do not answer, and does not freeze with them', async () => {
    for (const { pid } of [nats, postgres]) process.kill(pid, 'SIGSTOP')
    try {
      const begun = Date.now()
      const visit = await doctor({ NATS_URL: nats.url, DATABASE_URL: postgres.url }, '--json', '--only', 'nats', 'postgresql')
      expect(Date.now() - begun).to.be.lessThan(40_000)
      expect(visit.code).to.equal(2)
      expect(visit.err).to.equal('')
      for (const [name, { state, says }] of findingsOf(visit)) {
        expect(state, name).to.equal('bad')
        expect(says).to.match(/^(NATS|PostgreSQL) does not answer/)
      }
    } finally {
      for (const { pid } of [nats, postgres]) process.kill(pid, 'SIGCONT')
    }
  }).timeout(WITHIN_MS)
})

describe('daisi doctor, of servers that are wrong on purpose', () => {
  let folder: string
  let nats: EmbeddedNats
  let postgres: EmbeddedServer
  let sql: Client
  let sleeper: Client
  let findings: ReadonlyMap<string, Examined>

  const spoilBroker = async (): Promise<void> => {
    const connection = await connect({ servers: nats.url })
    const [jsm, js] = [await jetstreamManager(connection), jetstream(connection)]
    await ensureStreams(jsm)
    await jsm.streams.delete(HISTORY_STREAM)
    await jsm.streams.add({ name: HISTORY_STREAM, subjects: ['v1.history.>'], retention: RetentionPolicy.Interest })
    const { config } = await jsm.streams.info(REALTIME_STREAM)
    await jsm.streams.update(REALTIME_STREAM, { subjects: [...config.subjects, 'v2.messages.>'] })
    for (const subject of ['v1.messages.upsert.acme', 'v2.messages.upsert.acme', 'v1.messages.upsert.other'])
      await js.publish(subject, JSON.stringify(aMessageBody('m1')))
    await connection.close()
  }
  const spoilDatabase = async (): Promise<void> => {
    await sql.query('alter table daisi.chats disable row level security')
    await sql.query('begin; select pg_current_xact_id(); prepare transaction \'left behind\'')
    await sql.query('delete from daisi_migrations where name like \'%read-models\'')
    await sleeper.query('begin; select pg_current_xact_id()')
  }

  before(async function () {
    this.timeout(WITHIN_MS)
    folder = openFolder()
    nats = await startNats(obtainNatsServer().path, { storeDir: join(folder, 'nats') })
    postgres = await startPostgres({ dataDir: folder, fast: true, settings: { max_prepared_transactions: '1', max_connections: '20' } })
    await migrate(postgres.url)
    sql = new Client({ connectionString: postgres.url })
    sleeper = new Client({ connectionString: postgres.url, application_name: 'a-forgotten-shell' })
    await Promise.all([sql.connect(), sleeper.connect()])
    await Promise.all([spoilBroker(), spoilDatabase()])
    const env = { NATS_URL: nats.url, DATABASE_URL: postgres.url, NATS_MONITOR_URL: nats.monitorUrl, COMPANY_IDS: 'acme',
      NODE_ENV: 'production', DAISI_ALLOW_PLAINTEXT: 'true', JWT_JWKS_URL: 'https://keys.invalid', CURSOR_SECRET: KEY,
      ADMIN_PORT: String(await freePort()) }
    await eventually('the open transaction is old enough to be told', async () => {
      findings = findingsOf(await doctor(env, '--json'))
      return findings.get('postgresql open transactions')?.state !== 'ok'
    }, 120_000)
  })
  after(async function () {
    this.timeout(WITHIN_MS)
    await Promise.all([sql.end(), sleeper.end()])
    await Promise.all([nats.stop(), postgres.stop()])
    rmSync(folder, { recursive: true, force: true })
  })

  const ROWS: ReadonlyArray<readonly [name: string, state: string, says: RegExp, todo: RegExp]> = [
    ['nats power cut', 'bad', /a power cut loses/, /sync_interval: always/],
    ['nats place of the events', 'bad', /\/tmp/, /store_dir/],
    ['nats settings of the streams', 'bad', /interest retention/, /nats stream edit wa_history_events_stream --interactive/],
    ['nats durables', 'bad', /daisi_ingest_acme; nobody takes/, /see that ingest runs/],
    ['nats events of other releases', 'warn', /1 event of another release.*v2\.messages\.upsert\.acme/, /update/],
    ['nats companies left out', 'warn', /1 publishing company: other/, /COMPANY_IDS/],
    ['postgresql power cut', 'bad', /fsync, full_page_writes, synchronous_commit off/, /alter system set fsync = on/],
    ['postgresql row-level security', 'bad', /daisi\.chats/, /alter table daisi\.chats enable/],
    ['postgresql open transactions', 'warn|bad', /a-forgotten-shell/, /pg_terminate_backend/],
    ['postgresql prepared transactions', 'warn|bad', /1 transaction prepared/, /rollback prepared 'left behind'/],
    ['postgresql migrations', 'bad', /read-models/, /daisi migrate/],
    ['postgresql login', 'bad', /superuser/, /use a login/],
    ['postgresql connections', 'bad', /32 connections, PostgreSQL gives 17/, /DAISI_DATABASE_POOL/],
    ['service ingest', 'bad', /does not answer/, /start it/],
  ]
  for (const [name, state, says, todo] of ROWS) it(`names ${name}, and what to do`, () => {
    const found = findings.get(name)
    expect(found?.state).to.match(new RegExp(`^(${state})$`))
    expect(found?.says).to.match(says)
    expect(found?.todo).to.match(todo)
  })

  it('finds the rest well', () => {
    expect(notWell(findings, 'ok')).to.deep.equal(['nats answers', 'nats version', 'nats largest event', 'nats limits', 'nats streams',
      'nats settings of the durables', 'nats oldest event waiting', 'postgresql answers', 'postgresql version', 'postgresql roles',
      'service projections', 'service policies', 'service failed events'])
  })
})
