import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { expect } from 'chai'
import { Client } from 'pg'
import { DLQ_STREAM, REALTIME_STREAM } from '../../../../../adapters/inbound/nats/streams.ts'
import { aMessageBody } from '../../../../support/a-delivery.ts'
import { eventually } from '../../../../support/eventually.ts'
import { openDatabase, type OpenDatabase } from '../../../../support/open-database.ts'
import { openGuardedBroker, type GuardedBroker } from '../../../../support/guarded-broker.ts'
import { runDaisi } from '../../../../support/run-daisi.ts'
import { startService, type ServiceProcess } from '../../../../support/service-process.ts'

const STORED_WITHIN_MS = 30_000

describe('ingest, with the rights of a worker and no more', () => {
  let database: OpenDatabase
  let broker: GuardedBroker
  let ingest: ServiceProcess | undefined
  beforeEach(async () => {
    database = await openDatabase()
    broker = await openGuardedBroker('ACME', 'GLOBEX')
  })
  afterEach(async () => {
    await ingest?.end('SIGTERM')
    await broker.close()
    await database.close()
  })

  const environment = () => ({ ...broker.environmentOf('worker'), DATABASE_URL: database.url, LOG_LEVEL: 'info' })
  const provision = () => runDaisi(['provision'], broker.environmentOf('provisioner'))
  const isConnected = async (name: string): Promise<boolean> =>
    (await (await fetch(`${broker.monitorUrl}/connz`)).text()).includes(`"name": "${name}"`)
  const rows = async (query: string): Promise<ReadonlyArray<unknown>> => {
    const client = new Client({ connectionString: database.url })
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(query)).rows.map((row) => Object.values(row))
    } finally {
      await client.end()
    }
  }
  const messages = () => rows('select company_id, message_id from daisi.messages order by 1, 2')
  const publishAs = async (company: string, subject: string, body: unknown, reply?: string): Promise<void> => {
    const connection = await broker.as({ producerOf: company })
    if (reply === undefined) await jetstream(connection).publish(`${subject}.${company}`, JSON.stringify(body))
    else connection.publish(`${subject}.${company}`, JSON.stringify(body), { reply })
    await connection.flush()
    await connection.close()
  }

  it('waits, not ready, for the streams that it may not make, and takes up work when they are provisioned', async () => {
    const starting = startService('ingest', environment())
    await eventually('it is connected', () => isConnected('daisi-ingest'), STORED_WITHIN_MS)
    const { code, out } = await provision()
    expect([code, out]).to.deep.equal([0, 'wa_events_stream: made\nwa_history_events_stream: made\ndlq_stream: made\n'])
    ingest = await starting
    expect(ingest.log()).to.contain('run `daisi provision`')
    await publishAs('ACME', 'v1.messages.upsert', aMessageBody('waited'))
    await eventually('it is stored', async () => (await messages()).length === 1, STORED_WITHIN_MS)
  })
  it('stores, refuses, sets aside and copies what comes, and goes on when the broker has forgotten its durables', async () => {
    expect((await provision()).code).to.equal(0)
    ingest = await startService('ingest', environment())
    await publishAs('ACME', 'v1.messages.upsert', aMessageBody('m1'))
    await publishAs('GLOBEX', 'v1.history.messages', { messages: [aMessageBody('m1'), aMessageBody('m2')] })
    await publishAs('GLOBEX', 'v1.messages.upsert', aMessageBody('m3', { company_id: 'ACME' }))
    await publishAs('ACME', 'v1.messages.upsert', aMessageBody('m4'), 'v1.messages.upsert.GLOBEX')
    await publishAs('ACME', 'v1.messages.upsert', aMessageBody('m5'), 'v1.messages.upsert.no$company')
    const failed = () => rows(`select company_id, subject, reason from daisi.failed_events where dlq_published_at is not null
      order by 1, 2, 3`)
    await eventually('what cannot be applied is set aside and copied', async () => (await failed()).length === 3, STORED_WITHIN_MS)
    expect(await failed()).to.deep.equal([['*', 'v1.messages.upsert.no$company', 'invalid_company'],
      ['GLOBEX', 'v1.messages.upsert.GLOBEX', 'company_mismatch'], ['GLOBEX', 'v1.messages.upsert.GLOBEX', 'missing_field']])
    const before = [['ACME', 'm1'], ['ACME', 'm4'], ['ACME', 'm5'], ['GLOBEX', 'm1'], ['GLOBEX', 'm2']]
    await eventually('the others are stored', async () => (await messages()).length >= before.length, STORED_WITHIN_MS)
    expect(await messages()).to.deep.equal(before)
    expect(broker.log()).not.to.contain('Violation')
    await broker.killAndRestart()
    await eventually('a producer is let in again', () =>
      publishAs('ACME', 'v1.messages.upsert', aMessageBody('m6')).then(() => true, () => false))
    await eventually('what came after the restart is stored', async () => (await messages()).length >= before.length + 1, STORED_WITHIN_MS)
    expect(broker.log()).not.to.contain('Violation')
    const doctor = (login: 'operator' | 'worker') =>
      runDaisi(['doctor', '--only', 'nats'], { ...environment(), ...broker.environmentOf(login), NATS_MONITOR_URL: broker.monitorUrl })
    for (const { code, out } of await Promise.all([doctor('operator'), doctor('worker')])) expect(code, out).to.equal(0)
    const operator = await broker.as('operator')
    const jsm = await jetstreamManager(operator)
    expect((await jsm.streams.info(DLQ_STREAM)).state.messages).to.equal(3)
    expect((await jsm.consumers.list(REALTIME_STREAM).next()).map(({ name }) => name))
      .to.have.members(['daisi_ingest_ACME', 'daisi_ingest_GLOBEX'])
    await operator.close()
  })
}).timeout(120_000)
