import { AckPolicy } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { connect } from '@nats-io/transport-node'
import { expect } from 'chai'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { setTimeout as sleep } from 'node:timers/promises'
import { durableOf } from '../../../../adapters/inbound/nats/company-durable.ts'
import type { IngestProbe } from '../../../../adapters/inbound/nats/ingest-probe.ts'
import { DLQ_STREAM, HISTORY_STREAM, REALTIME_STREAM } from '../../../../adapters/inbound/nats/streams.ts'
import { memoryAcknowledgedPositions } from '../../../../adapters/outbound/memory/acknowledged-positions.ts'
import { REALTIME } from '../../../../domain/clock.ts'
import type { CompanyId } from '../../../../domain/company.ts'
import { aMessageBody } from '../../../support/a-delivery.ts'
import { inMemory } from '../../../support/a-pipeline.ts'
import { anIngest, publisher } from '../../../support/an-ingest.ts'
import { eventually } from '../../../support/eventually.ts'
import { freshStreams, type FreshStreams } from '../../../support/fresh-streams.ts'
import { rightOf } from '../../../support/right-of.ts'

const ACME = 'acme' as CompanyId
const SUBJECT = 'v1.messages.upsert.acme'
const DURABLE = durableOf(ACME, REALTIME).name
const [PULL, INFO] = ['.CONSUMER.MSG.NEXT.', '.CONSUMER.INFO.']
const WAIT_MS = 30_000
/** Until the broker knows that a connection is closed, and until the client has begun to look. */
const [NOTICED_MS, LOOKS_MS] = [200, 300]

/** The connection with some methods of its own. */
const withMethods = (connection: NatsConnection, own: Partial<NatsConnection>): NatsConnection => new Proxy(connection, {
  get: (target, name) => {
    const value: unknown = Reflect.get(name in own ? own : target, name)
    return typeof value === 'function' ? value.bind(target) : value
  },
})

/** A connection whose pull requests are lost while `loses()`; the client does not notice. */
const losingPulls = (connection: NatsConnection, loses: () => boolean): NatsConnection => withMethods(connection, {
  publish: (...args) => { if (!(args[0].includes(PULL) && loses())) connection.publish(...args) },
})

/** A connection whose questions about consumers are lost while `loses()`. */
const losingInfos = (connection: NatsConnection, loses: () => boolean): NatsConnection => withMethods(connection, {
  request: (...args) => (args[0].includes(INFO) && loses() ? Promise.reject(new Error('lost')) : connection.request(...args)),
})

describe('ingest, when the broker is in trouble', () => {
  let streams: FreshStreams
  let publish: ReturnType<typeof publisher>
  let mended: ReadonlyArray<string>
  const { options: { probe: silent } } = inMemory()
  const probe: IngestProbe = { ...silent, mended: (what) => { mended = [...mended, what] } }
  beforeEach(async () => {
    mended = []
    streams = await freshStreams()
    publish = publisher(streams.connection)
  })
  afterEach(() => streams.close())

  it('makes a stream again that was deleted, says so once, and takes its first events, which count from 1 again', async () => {
    await publish(SUBJECT, aMessageBody('m1'), aMessageBody('m2'), aMessageBody('m3'))
    const { applied, troubles, stop, positions } = await anIngest(streams.connection, { probe })
    await eventually('the first are applied', () => applied().size === 3)
    await eventually('their position is saved', async () => (await rightOf(positions.of([ACME])))[0]?.sequence === 3)
    await streams.jsm.streams.delete(REALTIME_STREAM)
    await eventually('publishers are taken again', () => publish(SUBJECT, aMessageBody('m4')).then(() => true, () => false))
    await publish(SUBJECT, ...Array.from({ length: 10 }, (_, i) => aMessageBody(`n${i}`)))
    await eventually('all of the new stream are applied', () => applied().size === 14, WAIT_MS)
    expect(troubles.filter((what) => what.includes('made again'))).to.have.length(1)
    expect(troubles.join()).to.contain(`stream ${REALTIME_STREAM} was gone`)
    expect(mended).to.deep.equal(['stream'])
    await stop()
  }).timeout(60_000)

  it('takes all of a stream that was made anew while nobody looked, though a position of the old one is remembered', async () => {
    const positions = memoryAcknowledgedPositions()
    await rightOf(positions.save([{ companyId: ACME, stream: REALTIME_STREAM, sequence: 3 }]))
    await streams.close()
    streams = await freshStreams()
    await publisher(streams.connection)(SUBJECT, ...Array.from({ length: 10 }, (_, i) => aMessageBody(`m${i}`)))
    const { applied, stop } = await anIngest(streams.connection, { positions })
    await eventually('all are applied', () => applied().size === 10)
    await stop()
  })

  it('makes the other streams again too', async () => {
    const { stop } = await anIngest(streams.connection, { probe })
    await streams.jsm.streams.delete(DLQ_STREAM)
    await streams.jsm.streams.delete(HISTORY_STREAM)
    await eventually('they are there', async () =>
      (await Promise.all([HISTORY_STREAM, DLQ_STREAM].map((name) => streams.jsm.streams.info(name).catch(() => undefined)))).every(Boolean))
    await eventually('both were said', () => mended.join() === 'stream,stream')
    await stop()
  })

  it('notices a pull that stands still though events wait, and makes it anew', async () => {
    let pulls = 0
    const onlyTheFirst = (): boolean => {
      pulls += 1
      return pulls === 1
    }
    const { applied, troubles, stop } = await anIngest(losingPulls(streams.connection, onlyTheFirst), { probe, stuckAfterMs: 1_000 })
    await publish(SUBJECT, aMessageBody('m1'))
    await eventually('it is applied', () => applied().has('m1'), WAIT_MS)
    expect(mended).to.deep.equal(['pull'])
    expect(troubles.join()).to.contain('events wait at the broker and do not come')
    await stop()
  }).timeout(60_000)

  it('leaves alone what stands still while the store is down, however long', async () => {
    let [isDown, isLosing] = [true, false]
    const { options: { handle } } = inMemory()
    const seen = new Set<string>()
    const { ingest, stop } = await anIngest(losingPulls(streams.connection, () => isLosing), { probe, stuckAfterMs: 10, handle: (batch) => {
      if (isDown) return TE.left({ type: 'Unavailable', cause: new Error('refused') })
      for (const { id } of batch) seen.add(id)
      return handle(batch)
    } })
    await publish('v1.messages.upsert.other', aMessageBody('m1'))
    await eventually('it is not pulling', () => !ingest.isPulling())
    isLosing = true
    await publish(SUBJECT, aMessageBody('m2'))
    await eventually('its durable is there', () => streams.jsm.consumers.info(REALTIME_STREAM, DURABLE).then(() => true, () => false))
    await sleep(11_000)
    expect(mended).to.deep.equal([])
    ;[isDown, isLosing] = [false, false]
    await eventually('the event that waited is applied', () => seen.has('m2'), WAIT_MS)
    expect(mended).to.deep.equal(['pull'])
    await stop()
  }).timeout(60_000)

  it('says how a durable differs, and leaves it as it is', async () => {
    await publish(SUBJECT, aMessageBody('m1'))
    const own = { filter_subjects: [SUBJECT], max_deliver: 7, ack_wait: 5_000_000_000 }
    await streams.jsm.consumers.add(REALTIME_STREAM, { durable_name: DURABLE, ack_policy: AckPolicy.Explicit, ...own })
    const { applied, troubles, stop } = await anIngest(streams.connection)
    await eventually('its events are applied', () => applied().has('m1'))
    expect(troubles).to.have.length(3)
    expect(troubles.join('\n')).to.contain('filtered by other subjects').and.to.contain('--max-deliver=-1').and.to.contain('--wait 60s')
    const { config } = await streams.jsm.consumers.info(REALTIME_STREAM, DURABLE)
    expect([config.max_deliver, config.ack_wait, config.filter_subject ?? config.filter_subjects?.join()])
      .to.deep.equal([7, 5_000_000_000, SUBJECT])
    await stop()
  })

  it('pulls again at once after a broken connection, though that breaks again while the client looks what is left', async () => {
    const gateway = await connect({ servers: process.env['TEST_NATS_URL'] ?? '' })
    let isLosing = false
    const { applied, stop } = await anIngest(losingInfos(streams.connection, () => isLosing), { probe })
    await publish(SUBJECT, aMessageBody('m1'))
    await eventually('the first is applied', () => applied().size === 1)
    isLosing = true
    await streams.connection.reconnect()
    await sleep(NOTICED_MS)
    await publisher(gateway)(SUBJECT, aMessageBody('m2'))
    await eventually('the connection is back', () => streams.connection.rtt().then(() => true, () => false))
    await sleep(LOOKS_MS)
    isLosing = false
    await eventually('what came meanwhile is applied', () => applied().has('m2'))
    await stop()
    await gateway.close()
  })
})
