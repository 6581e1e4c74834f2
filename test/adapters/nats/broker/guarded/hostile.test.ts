import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream'
import { headers, type NatsConnection } from '@nats-io/nats-core'
import { connect, nkeyAuthenticator, nkeys } from '@nats-io/transport-node'
import { expect } from 'chai'
import { DLQ_STREAM, ensureStreams, HISTORY_STREAM, REALTIME_STREAM } from '../../../../../adapters/inbound/nats/streams.ts'
import { eventually } from '../../../../support/eventually.ts'
import { openGuardedBroker, type GuardedBroker } from '../../../../support/guarded-broker.ts'

const OWN = 'v1.messages.upsert.ACME'
const MEBIBYTE = 1_048_576

interface Settings { readonly [name: string]: unknown; readonly jetstream: { readonly config: { readonly sync_always?: boolean } } }

const failureOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'none', (cause: unknown) => String(cause))

describe('the shipped configuration of nats-server, under attack', () => {
  let broker: GuardedBroker
  let acme: NatsConnection
  let provisioner: NatsConnection
  beforeEach(async () => {
    broker = await openGuardedBroker('ACME', 'GLOBEX')
    provisioner = await broker.as('provisioner')
    await ensureStreams(await jetstreamManager(provisioner))
    acme = await broker.as({ producerOf: 'ACME' })
  })
  afterEach(async () => {
    await acme.close()
    await provisioner.close()
    await broker.close()
  })

  const stored = async (stream: string): Promise<Readonly<Record<string, number>>> =>
    (await (await jetstreamManager(provisioner)).streams.info(stream, { subjects_filter: '>' })).state.subjects ?? {}
  const publishAs = async (company: string, ...subjects: ReadonlyArray<string>): Promise<void> => {
    const connection = await broker.as({ producerOf: company })
    for (const subject of subjects) await jetstream(connection).publish(subject, '{}')
    await connection.close()
  }

  it('keeps what it must keep on, and off what it must keep off', async () => {
    const settings = await (await fetch(`${broker.monitorUrl}/varz`)).json() as Settings
    expect(settings.jetstream.config.sync_always).to.equal(true)
    expect(settings).to.include({ auth_required: true, tls_required: true, max_payload: MEBIBYTE, max_connections: 2_000,
      ping_interval: 10_000_000_000, ping_max: 2, write_deadline: 5_000_000_000, system_account: 'SYS' })
    expect(settings['mqtt']).to.deep.equal({})
    expect(settings['websocket']).to.deep.equal({})
    expect(settings['leaf']).to.deep.equal({})
  })
  it('lets nobody in without a login, with a key it does not know, or without TLS', async () => {
    const options = { servers: broker.url, tls: { caFile: broker.caFile }, maxReconnectAttempts: 0 }
    expect(await failureOf(connect(options))).to.contain('Authorization')
    expect(await failureOf(connect({ ...options, authenticator: nkeyAuthenticator(nkeys.createUser().getSeed()) })))
      .to.contain('Authorization')
    expect(await failureOf(broker.as('worker', { servers: broker.url.replace('tls', 'nats'), tls: null, maxReconnectAttempts: 0 })))
      .to.match(/tls|secure/i)
  })
  it('admits a further company without a restart, by key or by the hash of a password, and disconnects nobody', async () => {
    const events: string[] = []
    void (async () => { for await (const { type } of acme.status()) events.push(type) })()
    broker.admit('Initech')
    broker.admit('Umbrella', '$2b$04$abcdefghijklmnopqrstuuEqapMIXWNjzhx28n9NuuH1dBiYTCEwe')
    await eventually('the new producer publishes', () => publishAs('Initech', 'v1.chats.upsert.Initech').then(() => true, () => false))
    const umbrella = await connect({ servers: broker.url, tls: { caFile: broker.caFile }, user: 'Umbrella', pass: 'a-password-for-a-test',
      inboxPrefix: '_INBOX_Umbrella' })
    await jetstream(umbrella).publish('v1.chats.upsert.Umbrella', '{}')
    await jetstream(acme).publish(OWN, '{}')
    await umbrella.close()
    expect(events.filter((type) => type === 'disconnect')).to.deep.equal([])
    expect(await stored(REALTIME_STREAM)).to.deep.equal({ 'v1.chats.upsert.Initech': 1, 'v1.chats.upsert.Umbrella': 1, [OWN]: 1 })
  })
  it('refuses headers that would roll up, expire or schedule, and forged expectations hurt nobody (bad inputs E89)', async () => {
    await publishAs('GLOBEX', 'v1.messages.upsert.GLOBEX')
    const forged = [['Nats-Rollup', 'all'], ['Nats-Rollup', 'sub'], ['Nats-TTL', '1s'], ['Nats-Schedule', '@at 2030-01-01T00:00:00Z'],
      ['Nats-Expected-Last-Sequence', '77'], ['Nats-Expected-Stream', 'other'], ['Nats-Expected-Last-Msg-Id', 'x'],
      ['Nats-Expected-Last-Subject-Sequence', '77']] as const
    for (const [name, value] of forged) {
      const more = headers()
      more.set(name, value)
      expect(await failureOf(jetstream(acme).publish(OWN, '{}', { headers: more })), name).to.contain('JetStreamApiError')
    }
    expect(await stored(REALTIME_STREAM)).to.deep.equal({ 'v1.messages.upsert.GLOBEX': 1 })
  })
  it('is not even asked by the client where a token has a space or a line break in it (bad inputs E78)', async () => {
    for (const token of ['AC ME', 'ACME 5', 'ACME\r\nPUB v1.messages.upsert.GLOBEX 2\r\n{}\r\n', 'ACME\t', ''])
      expect(await failureOf(jetstream(acme).publish(`v1.messages.upsert.${token}`, '{}')), JSON.stringify(token)).not.to.equal('none')
    const forged = headers()
    expect(() => { forged.set('x', 'y\r\nNats-Rollup: all') }).to.throw()
    expect(await stored(REALTIME_STREAM)).to.deep.equal({})
  })
  it('refuses a body of one byte more than 1 MiB (bad inputs E93)', async () => {
    expect(await failureOf(jetstream(acme).publish(OWN, 'x'.repeat(MEBIBYTE + 1)))).not.to.equal('none')
    await jetstream(acme).publish(OWN, 'x'.repeat(MEBIBYTE - 1_000))
    expect(await stored(REALTIME_STREAM)).to.deep.equal({ [OWN]: 1 })
  })
  it('checks no reply subject, but lets none reach the API; on another company’s subject only an acknowledgement arrives', async () => {
    await publishAs('GLOBEX', 'v1.history.chats.GLOBEX', 'v1.history.chats.GLOBEX')
    for (const target of [`PURGE.${HISTORY_STREAM}`, `DELETE.${HISTORY_STREAM}`, `DELETE.${DLQ_STREAM}`])
      for (const body of ['', '{}']) acme.publish(OWN, body, { reply: `$JS.API.STREAM.${target}` })
    acme.publish(OWN, '{"chats":[{"chat_id":"mine"}]}', { reply: 'v1.history.chats.GLOBEX' })
    await acme.flush()
    await eventually('the acknowledgement is stored', async () => (await stored(HISTORY_STREAM))['v1.history.chats.GLOBEX'] === 3)
    const worker = await broker.as('worker')
    const last = await (await jetstreamManager(worker)).streams.getMessage(HISTORY_STREAM, { seq: 3 })
    await worker.close()
    expect(last?.json()).to.have.all.keys('stream', 'seq')
    expect(await stored(DLQ_STREAM)).to.deep.equal({})
  })
  it('lets a worker purge or delete nothing through a push durable or a pull either', async () => {
    await publishAs('GLOBEX', 'v1.history.chats.GLOBEX')
    const worker = await broker.as('worker')
    const jsm = await jetstreamManager(worker)
    const every = { ack_policy: AckPolicy.None, filter_subjects: [OWN] }
    await jetstream(acme).publish(OWN, '')
    await jetstream(acme).publish(OWN, '{}')
    for (const [i, target] of [`$JS.API.STREAM.PURGE.${HISTORY_STREAM}`, `$JS.API.STREAM.DELETE.${HISTORY_STREAM}`].entries()) {
      await jsm.consumers.add(REALTIME_STREAM, { durable_name: `pushing${i}`, deliver_subject: target, ...every })
      await jsm.consumers.add(REALTIME_STREAM, { durable_name: `pulling${i}`, ...every })
      worker.publish(`$JS.API.CONSUMER.MSG.NEXT.${REALTIME_STREAM}.pulling${i}`, '2', { reply: target })
    }
    await eventually('what was pulled is delivered', async () =>
      (await jsm.consumers.info(REALTIME_STREAM, 'pulling1')).num_pending === 0)
    await worker.close()
    expect(await stored(HISTORY_STREAM)).to.deep.equal({ 'v1.history.chats.GLOBEX': 1 })
  })
}).timeout(30_000)
