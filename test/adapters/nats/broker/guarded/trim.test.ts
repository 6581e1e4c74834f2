import { jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { expect } from 'chai'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { provisionStreams } from '../../../../../adapters/inbound/nats/provision-streams.ts'
import { HISTORY_STREAM, REALTIME_STREAM } from '../../../../../adapters/inbound/nats/streams.ts'
import { planTrim, trim, type Trim } from '../../../../../adapters/inbound/nats/trim-streams.ts'
import { memoryAcknowledgedPositions } from '../../../../../adapters/outbound/memory/acknowledged-positions.ts'
import { postgresAcknowledgedPositions } from '../../../../../adapters/outbound/postgres/acknowledged-positions.ts'
import { postgresFailedEvents } from '../../../../../adapters/outbound/postgres/failed-events.ts'
import { postgresNobodysEvents } from '../../../../../adapters/outbound/postgres/nobodys-events.ts'
import type { AcknowledgedPositions } from '../../../../../application/ports/companies.ts'
import type { CompanyId } from '../../../../../domain/company.ts'
import { aMessageBody } from '../../../../support/a-delivery.ts'
import { anIngest } from '../../../../support/an-ingest.ts'
import { eventually } from '../../../../support/eventually.ts'
import { openGuardedBroker, type GuardedBroker } from '../../../../support/guarded-broker.ts'
import { rightOf } from '../../../../support/right-of.ts'
import { runDaisi } from '../../../../support/run-daisi.ts'
import { withDatabase } from '../../../../support/with-database.ts'

const [ACME, GLOBEX] = ['ACME' as CompanyId, 'GLOBEX' as CompanyId]
const MAX_BYTES = 200_000
const TEXT = 'x'.repeat(1_000)

describe('daisi provision trim', () => {
  const database = withDatabase()
  let broker: GuardedBroker
  let worker: NatsConnection
  let jsm: JetStreamManager
  const connections: NatsConnection[] = []
  beforeEach(async () => {
    broker = await openGuardedBroker(ACME, GLOBEX)
    const provisioner = await broker.as('provisioner')
    worker = await broker.as('worker')
    connections.push(provisioner, worker)
    jsm = await jetstreamManager(provisioner)
    await provisionStreams(jsm, { companies: 10, replicas: 1, maxBytes: MAX_BYTES })
  })
  afterEach(async () => {
    for (const connection of connections.splice(0)) await connection.close()
    await broker.close()
  })

  const publish = async (company: CompanyId, ...ids: ReadonlyArray<string>): Promise<void> => {
    const connection = await broker.as({ producerOf: company })
    connections.push(connection)
    for (const id of ids) await jetstream(connection).publish(`v1.messages.upsert.${company}`, JSON.stringify(aMessageBody(id, { text: TEXT })))
  }
  const settled = (company: CompanyId) => eventually(`${company} has nothing pending`, async () => {
    const { num_pending, num_ack_pending } = await (await jetstreamManager(worker)).consumers.info(REALTIME_STREAM, `daisi_ingest_${company}`)
    return num_pending === 0 && num_ack_pending === 0
  })
  const planOf = async (positions: AcknowledgedPositions): Promise<Trim> => {
    const [realtime] = await planTrim(jsm, { positions, nobodys: postgresNobodysEvents(database().orm) })
    if (realtime === undefined) throw new Error('no plan')
    return realtime
  }
  const sequences = async (): Promise<readonly [number, number]> => {
    const { state: { first_seq, last_seq } } = await jsm.streams.info(REALTIME_STREAM)
    return [first_seq, last_seq]
  }

  it('lets a full stream take events again: refused when full, although all is applied, and accepted after the trim', async () => {
    const positions = postgresAcknowledgedPositions(database().orm)
    const { applied, stop } = await anIngest(worker, { positions })
    await publish(GLOBEX, 'first')
    let stored = 0
    const refusal = await (async () => { for (;; stored += 1) await publish(ACME, `m${stored}`) })().catch(String)
    expect(refusal).to.contain('maximum bytes exceeded')
    expect(stored).to.be.greaterThan(50)
    await eventually('all are applied', () => applied().size === stored + 1)
    await settled(ACME)
    expect(await publish(ACME, 'refused').then(() => 'taken', String)).to.contain('maximum bytes exceeded')
    await stop()
    const run = (...args: ReadonlyArray<string>) =>
      runDaisi(['provision', 'trim', ...args], { ...broker.environmentOf('provisioner'), DATABASE_URL: database().url })
    expect((await run()).out).to.contain(`${REALTIME_STREAM}: ${stored + 1} messages can go, up to sequence ${stored + 1}`)
      .and.contain('nothing was purged; --yes does it')
    expect(await sequences()).to.deep.equal([1, stored + 1])
    expect((await run('--yes')).out).to.contain(`${REALTIME_STREAM}: ${stored + 1} messages purged`)
    await publish(ACME, 'taken')
    expect(await sequences()).to.deep.equal([stored + 2, stored + 2])
  }).timeout(90_000)
  it('keeps everything from the first event on that any company has not settled', async () => {
    const positions = memoryAcknowledgedPositions()
    await publish(GLOBEX, 'g1')
    const { applied, stop } = await anIngest(worker, { positions })
    await eventually('the first is applied', () => applied().size === 1)
    await settled(GLOBEX)
    await stop()
    await publish(ACME, 'a1', 'a2')
    await publish(GLOBEX, 'g2')
    await publish(ACME, 'a3')
    const next = await anIngest(worker, { positions, companyIds: [ACME] })
    await eventually('the other company’s are applied', () => next.applied().size === 3)
    await settled(ACME)
    await next.stop()
    expect(await planOf(positions)).to.deep.equal({ stream: REALTIME_STREAM, upTo: 1, messages: 1,
      keptBy: 'company GLOBEX, which is settled up to there' })
    expect(await trim(jsm, await planOf(positions))).to.equal(1)
    expect(await sequences()).to.deep.equal([2, 5])
  })
  it('is not held up by a company that is idle and settled', async () => {
    const positions = memoryAcknowledgedPositions()
    const { applied, stop } = await anIngest(worker, { positions })
    await publish(GLOBEX, 'g1')
    await publish(ACME, ...Array.from({ length: 20 }, (_, i) => `a${i}`))
    await eventually('all are applied', () => applied().size === 21)
    await Promise.all([settled(ACME), settled(GLOBEX)])
    await stop()
    expect(await planOf(positions)).to.deep.equal({ stream: REALTIME_STREAM, upTo: 21, messages: 21, keptBy: undefined })
  })
  it('takes the lower of what the broker and PostgreSQL say', async () => {
    const positions = memoryAcknowledgedPositions()
    await publish(ACME, 'a1', 'a2', 'a3')
    const held = await anIngest(worker, { positions, handle: () => TE.left({ type: 'Unavailable', cause: new Error('refused') }) })
    await eventually('they are held', () => !held.ingest.isPulling())
    await rightOf(positions.save([{ companyId: ACME, stream: REALTIME_STREAM, sequence: 2 }]))
    expect(await planOf(positions)).to.include({ upTo: 0, messages: 0 })
    await held.stop()
    const behind = memoryAcknowledgedPositions()
    const { applied, stop } = await anIngest(worker, { positions })
    await eventually('they are applied', () => applied().size === 3)
    await settled(ACME)
    await stop()
    await rightOf(behind.save([{ companyId: ACME, stream: REALTIME_STREAM, sequence: 2 }]))
    expect(await planOf(behind)).to.include({ upTo: 2, messages: 2 })
  })
  it('names a company that nobody consumes, one without a position, and a subject that nobody reads, and purges nothing', async () => {
    const positions = memoryAcknowledgedPositions()
    await publish(ACME, 'a1')
    expect(await planOf(positions)).to.include({ upTo: 0,
      keptBy: 'company ACME, which has no durable: is ingest running, is it suspended?' })
    const { applied, stop } = await anIngest(worker, { positions })
    await eventually('it is applied', () => applied().size === 1)
    await settled(ACME)
    await stop()
    expect(await planOf(memoryAcknowledgedPositions())).to.include({ upTo: 0,
      keptBy: 'company ACME, which has no acknowledged position yet' })
    const { config: { subjects } } = await jsm.streams.info(REALTIME_STREAM)
    await jsm.streams.update(REALTIME_STREAM, { subjects: [...subjects, 'v1.dlx.*'] })
    const producer = await broker.as({ producerOf: ACME })
    connections.push(producer)
    producer.publish(`v1.messages.upsert.${ACME}`, '{}', { reply: 'v1.dlx.ACME' })
    await producer.flush()
    await eventually('it is stored', async () => (await sequences())[1] === 3)
    const plan = await planOf(positions)
    expect(plan).to.include({ upTo: 0, messages: 0 })
    expect(plan.keptBy).to.contain('v1.dlx.ACME, which no durable reads')
    expect(await trim(jsm, plan)).to.equal(0)
    expect(await sequences()).to.deep.equal([1, 3])
  })
  it('is not held up by events that name no valid company, once each is kept', async () => {
    const positions = memoryAcknowledgedPositions()
    const producer = await broker.as({ producerOf: ACME })
    connections.push(producer)
    const astray = async (id: string): Promise<void> => {
      producer.publish(`v1.messages.upsert.${ACME}`, JSON.stringify(aMessageBody(id)), { reply: 'v1.messages.upsert.no$company' })
      await producer.flush()
    }
    await astray('a1')
    await astray('a2')
    await eventually('they are stored', async () => (await sequences())[1] === 4)
    expect((await planOf(positions)).keptBy).to.contain('company ACME, which has no durable')
    const failedEvents = postgresFailedEvents(database().orm)
    const { applied, stop } = await anIngest(worker, { positions, failedEvents })
    await eventually('the others are applied', () => applied().size === 2)
    await settled(ACME)
    await eventually('all can go', async () => (await planOf(positions)).upTo === 4)
    await stop()
    await astray('a3')
    await eventually('another is stored', async () => (await sequences())[1] === 6)
    const held = await planOf(positions)
    expect(held.upTo).to.equal(0)
    expect(held.keptBy).to.contain('v1.messages.upsert.no$company, which names no valid company')
  })
  it('looks at each stream on its own, and at an empty one without complaint', async () => {
    const nothing = { positions: memoryAcknowledgedPositions(), nobodys: postgresNobodysEvents(database().orm) }
    expect(await planTrim(jsm, nothing)).to.deep.equal([REALTIME_STREAM, HISTORY_STREAM].map((stream) =>
      ({ stream, upTo: 0, messages: 0, keptBy: undefined })))
  })
}).timeout(60_000)
