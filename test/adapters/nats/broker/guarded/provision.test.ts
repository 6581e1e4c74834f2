import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { nkeys } from '@nats-io/transport-node'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { parseProducer } from '../../../../../adapters/inbound/nats/producer-user.ts'
import { provisionStreams } from '../../../../../adapters/inbound/nats/provision-streams.ts'
import { DLQ_STREAM, HISTORY_STREAM, REALTIME_STREAM } from '../../../../../adapters/inbound/nats/streams.ts'
import { openGuardedBroker, type GuardedBroker } from '../../../../support/guarded-broker.ts'
import { runDaisi } from '../../../../support/run-daisi.ts'

const LIMITS = ['--companies', '1200', '--max-bytes', '1000000']

describe('daisi provision', () => {
  let broker: GuardedBroker
  let provisioner: NatsConnection
  let jsm: JetStreamManager
  beforeEach(async () => {
    broker = await openGuardedBroker('ACME')
    provisioner = await broker.as('provisioner')
    jsm = await jetstreamManager(provisioner)
  })
  afterEach(async () => {
    await provisioner.close()
    await broker.close()
  })

  const provision = (...args: ReadonlyArray<string>) => runDaisi(['provision', ...args], broker.environmentOf('provisioner'))

  it('makes the streams with room for the companies and a tenth more, limited where asked, and again changes nothing', async () => {
    expect((await provision(...LIMITS)).out).to.equal('wa_events_stream: made\nwa_history_events_stream: made\ndlq_stream: made\n')
    const [limited, free] = [{ max_bytes: 1_000_000, discard: 'new' }, { max_bytes: -1, discard: 'old' }]
    for (const [name, limit] of [[REALTIME_STREAM, limited], [HISTORY_STREAM, limited], [DLQ_STREAM, free]] as const)
      expect((await jsm.streams.info(name)).config, name).to.include({ ...limit, max_consumers: 1_320, num_replicas: 1,
        retention: 'limits', storage: 'file', allow_rollup_hdrs: false })
    const again = await provision(...LIMITS)
    expect(again.code).to.equal(0)
    expect(again.out.match(/is there, as it should be/g)).to.have.length(3)
  }).timeout(60_000)
  it('says how streams differ and what would change them, changes nothing, and ends with 1', async () => {
    await provisionStreams(jsm, { companies: 10, replicas: 1, maxBytes: undefined })
    await jsm.streams.update(REALTIME_STREAM, { subjects: ['v1.messages.upsert.*'] })
    const before = (await jsm.streams.info(REALTIME_STREAM)).config
    const { code, out } = await provision(...LIMITS, '--replicas', '3')
    expect(code).to.equal(1)
    expect(out).to.contain('wa_events_stream: is there and left as it is, but').and.contain('lacks subject v1.chats.upsert.*')
      .and.contain('nats stream edit wa_events_stream --replicas=3').and.contain('.max_consumers=1320')
      .and.contain('nats stream edit wa_history_events_stream --max-bytes=1000000 --discard=new')
    expect((await jsm.streams.info(REALTIME_STREAM)).config).to.deep.equal(before)
  }).timeout(60_000)
  it('ends with the reason when its login may not do it, the broker is not there, or speaks no TLS that was asked for', async () => {
    const refused = await runDaisi(['provision'], broker.environmentOf('worker'))
    expect(refused).to.include({ code: 1, out: '' })
    expect(refused.err).to.contain('Permissions Violation').and.contain('STREAM.CREATE').and.not.contain('at ')
    const away = await runDaisi(['provision'], { NATS_URL: 'nats://127.0.0.1:1' })
    expect(away).to.include({ code: 1, out: '' })
    const clear = await runDaisi(['provision'], { NATS_URL: (process.env['TEST_NATS_URL'] ?? '').replace('nats:', 'tls:') })
    expect(clear).to.include({ code: 1, out: '' })
    expect(clear.err).to.contain('tls')
  }).timeout(60_000)
})

describe('a stream', () => {
  it('takes more durables than the server’s default of 1,000, and the plan says how many', async () => {
    const broker = await openGuardedBroker()
    const [provisioner, worker] = [await broker.as('provisioner'), await broker.as('worker')]
    await provisionStreams(await jetstreamManager(provisioner), { companies: 1_001, replicas: 1, maxBytes: undefined })
    const { consumers } = await jetstreamManager(worker)
    const make = (i: number) => consumers.add(REALTIME_STREAM, 
      { durable_name: `daisi_ingest_c${i}`, mem_storage: true, filter_subjects: [`v1.chats.upsert.c${i}`] })
    for (let i = 0; i < 1_102; i += 58) await Promise.all(Array.from({ length: 58 }, (_, k) => make(i + k)))
    expect(await make(1_102).then(() => 'made', String)).to.contain('maximum consumers limit reached')
    await Promise.all([provisioner.close(), worker.close()])
    await broker.close()
  }).timeout(60_000)
})

describe('daisi provision users', () => {
  it('prints each company’s own subjects, and the public half of its login', async () => {
    const key = nkeys.createUser().getPublicKey()
    const { code, out } = await runDaisi(['provision', 'users', `ACME=${key}`, 'Globex'])
    expect(code).to.equal(0)
    expect(out).to.contain(`nkey: ${key}`).and.contain('"v1.history.contacts.ACME"').and.contain('"_INBOX_ACME.>"')
      .and.contain('"v1.chats.upsert.Globex"')
    expect(out.match(/"v1\.[a-z]+\.[a-z]+\.ACME"/g)).to.have.length(10)
    expect(out).not.to.match(/[*]/)
  })
  it('prints no secret: a password, a seed and an invalid company are refused', async () => {
    const seed = new TextDecoder().decode(nkeys.createUser().getSeed())
    for (const wrong of ['ACME=secret-word', `ACME=${seed}`, 'a.b', 'ACME=$2b$04$tooshort'])
      expect(E.isLeft(parseProducer(wrong)), wrong).to.equal(true)
    const { code, out, err } = await runDaisi(['provision', 'users', `ACME=${seed}`])
    expect([code, out]).to.deep.equal([1, ''])
    expect(err).to.contain('a public nkey (U…) or a bcrypt hash is expected').and.not.contain(seed)
  }).timeout(60_000)
})
