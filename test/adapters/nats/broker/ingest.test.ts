import { expect } from 'chai'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { durableOf } from '../../../../adapters/inbound/nats/company-durable.ts'
import { HISTORY_STREAM, REALTIME_STREAM } from '../../../../adapters/inbound/nats/streams.ts'
import { REALTIME } from '../../../../domain/clock.ts'
import type { CompanyId } from '../../../../domain/company.ts'
import type { Instruction } from '../../../../application/aggregates.ts'
import { aMessageBody } from '../../../support/a-delivery.ts'
import { inMemory } from '../../../support/a-pipeline.ts'
import { anIngest, publisher } from '../../../support/an-ingest.ts'
import { eventually } from '../../../support/eventually.ts'
import { freshStreams, type FreshStreams } from '../../../support/fresh-streams.ts'
import { rightOf } from '../../../support/right-of.ts'

const ACME = 'acme' as CompanyId
const SUBJECT = 'v1.messages.upsert.acme'
const bodies = (from: number, to: number): ReadonlyArray<object> =>
  Array.from({ length: to - from }, (_, i) => aMessageBody(`m${from + i}`))

describe('ingest, against a broker', () => {
  let streams: FreshStreams
  let publish: ReturnType<typeof publisher>
  beforeEach(async () => {
    streams = await freshStreams()
    publish = publisher(streams.connection)
  })
  afterEach(() => streams.close())

  const settled = (name = durableOf(ACME, REALTIME).name) => eventually(`${name} has nothing pending`, async () => {
    const { num_pending, num_ack_pending } = await streams.jsm.consumers.info(REALTIME_STREAM, name)
    return num_pending === 0 && num_ack_pending === 0
  })

  it('applies what was published before it and what comes while it runs, and settles it', async () => {
    await publish(SUBJECT, ...bodies(0, 20))
    const { applied, stop } = await anIngest(streams.connection)
    await eventually('the old ones are applied', () => applied().size === 20)
    await publish(SUBJECT, ...bodies(20, 40))
    await eventually('the new ones are applied', () => applied().size === 40)
    await settled()
    await stop()
  })
  it('discovers a company that begins to publish, in either stream, and takes its first messages too', async () => {
    const { applied, stop } = await anIngest(streams.connection)
    await publish(SUBJECT, aMessageBody('m1'))
    await eventually('the first company is applied', () => applied().has('m1'))
    await publish('v1.messages.upsert.Other-1', aMessageBody('m2'), aMessageBody('m3'))
    await publish('v1.history.messages.third', { messages: [aMessageBody('m4')] })
    await eventually('the others are applied', () => ['m2', 'm3', 'm4'].every((id) => applied().has(id)))
    expect((await streams.jsm.consumers.info(HISTORY_STREAM, 'daisi_history_third')).config)
      .to.include({ mem_storage: true, max_deliver: -1 })
    await stop()
  })
  it('keeps an event that no release knows as its company\'s failure, and goes on', async () => {
    const { config: { subjects } } = await streams.jsm.streams.info(REALTIME_STREAM)
    await streams.jsm.streams.update(REALTIME_STREAM, { subjects: [...subjects, 'v1.messages.react.*'] })
    await publish('v1.messages.react.acme', aMessageBody('m1'))
    const { applied, failedEvents, stop } = await anIngest(streams.connection)
    await eventually('it is kept', async () => (await rightOf(failedEvents.unpublished(10))).length === 1)
    expect((await rightOf(failedEvents.unpublished(10)))[0]).to.include({ companyId: 'acme', reason: 'unknown_subject' })
    await publish(SUBJECT, aMessageBody('m2'))
    await eventually('the next is applied', () => applied().has('m2'))
    await settled()
    await stop()
  })
  it('consumes only the companies of its list, and dead-letters nobody else', async () => {
    await publish('v1.messages.upsert.other', aMessageBody('m1'))
    await publish(SUBJECT, aMessageBody('m2'))
    const { applied, failedEvents, stop } = await anIngest(streams.connection, { companyIds: [ACME] })
    await eventually('the listed one is applied', () => applied().has('m2'))
    expect([...applied()]).to.deep.equal(['m2'])
    expect(await rightOf(failedEvents.unpublished(10))).to.deep.equal([])
    await stop()
  })
  it('makes a durable again that was deleted while it runs, and goes on at once', async () => {
    await publish(SUBJECT, ...bodies(0, 10))
    const { applied, troubles, stop } = await anIngest(streams.connection)
    await eventually('the first are applied', () => applied().size === 10)
    await settled()
    await streams.jsm.consumers.delete(REALTIME_STREAM, durableOf(ACME, REALTIME).name)
    await publish(SUBJECT, ...bodies(10, 20))
    await eventually('the others are applied', () => applied().size === 20, 5_000)
    expect(troubles.length).to.be.greaterThan(0)
    await settled()
    await stop()
  })
  it('begins a new durable behind what was settled, and saves that position', async () => {
    await publish(SUBJECT, ...bodies(0, 10))
    const { applied, positions, stop } = await anIngest(streams.connection)
    await eventually('all are applied', () => applied().size === 10)
    await settled()
    await stop()
    expect(await rightOf(positions.of([ACME]))).to.deep.equal([{ companyId: ACME, stream: REALTIME_STREAM, sequence: 10 }])
    await streams.jsm.consumers.delete(REALTIME_STREAM, durableOf(ACME, REALTIME).name)
    await publish(SUBJECT, aMessageBody('m10'))
    const again = await anIngest(streams.connection, { positions })
    await eventually('the new one is applied', () => again.applied().has('m10'))
    expect(again.applied().size).to.equal(1)
    await again.stop()
  })
  it('takes a stream that was made anew from its beginning, whatever is remembered of the old one', async () => {
    const { positions, stop } = await anIngest(streams.connection)
    await stop()
    await rightOf(positions.save([{ companyId: ACME, stream: REALTIME_STREAM, sequence: 1_000 }]))
    await publish(SUBJECT, aMessageBody('m1'))
    const again = await anIngest(streams.connection, { positions })
    await eventually('it is applied', () => again.applied().has('m1'))
    await again.stop()
  })
  it('keeps messages of invalid companies under nobody’s name, once, and their neighbours flow', async () => {
    await publish('v1.messages.upsert.a$b', aMessageBody('m1'), aMessageBody('m2'))
    await publish(SUBJECT, aMessageBody('m3'))
    const { applied, failedEvents, stop } = await anIngest(streams.connection)
    await eventually('they are kept', async () => (await rightOf(failedEvents.unpublished(10))).length === 2)
    await publish('v1.messages.upsert.a$b', aMessageBody('m4'))
    await eventually('the later one too', async () => (await rightOf(failedEvents.unpublished(10))).length === 3)
    expect((await rightOf(failedEvents.unpublished(10))).map(({ companyId, reason, attempts }) => [companyId, reason, attempts]))
      .to.deep.equal(Array(3).fill(['*', 'invalid_company', 1]))
    expect([...applied()]).to.deep.equal(['m3'])
    await stop()
  })
  it('applies the neighbours of a poisonous event, tries it again, and keeps it after five attempts', async () => {
    const { options: { handle } } = inMemory()
    const isPoison = ({ id }: Instruction): boolean => id === 'm5'
    const seen = new Set<string>()
    const { failedEvents, stop } = await anIngest(streams.connection, { handle: (batch) => {
      if (batch.some(isPoison)) throw new Error('a bug')
      for (const { id } of batch) seen.add(id)
      return handle(batch)
    } })
    await publish(SUBJECT, ...bodies(0, 10))
    await eventually('the neighbours are applied', () => seen.size === 9, 5_000)
    await eventually('it is kept', async () => (await rightOf(failedEvents.unpublished(10))).length === 1, 25_000)
    expect((await rightOf(failedEvents.unpublished(10)))[0]).to.include({ attempts: 5, reason: 'handler_error', sequence: 6 })
    await settled()
    await stop()
  }).timeout(40_000)
  it('waits while the store is down, says so, and loses and counts nothing', async () => {
    let isDown = true
    const { options: { handle } } = inMemory()
    const seen = new Set<string>()
    const { ingest, failedEvents, stop } = await anIngest(streams.connection, { handle: (batch) => {
      if (isDown) return TE.left({ type: 'Unavailable', cause: new Error('refused') })
      for (const { id } of batch) seen.add(id)
      return handle(batch)
    } })
    await publish(SUBJECT, ...bodies(0, 50))
    await eventually('it is not pulling', () => !ingest.isPulling())
    const { num_ack_pending } = await streams.jsm.consumers.info(REALTIME_STREAM, durableOf(ACME, REALTIME).name)
    expect(num_ack_pending).to.be.greaterThan(0)
    isDown = false
    await eventually('all are applied', () => seen.size === 50)
    expect(ingest.isPulling()).to.equal(true)
    expect(await rightOf(failedEvents.unpublished(10))).to.deep.equal([])
    await settled()
    await stop()
  })
  it('hands what it has not settled to the next process at once', async () => {
    await publish(SUBJECT, ...bodies(0, 10))
    const first = await anIngest(streams.connection, { handle: () => TE.left({ type: 'Unavailable', cause: new Error('refused') }) })
    await eventually('it is not pulling', () => !first.ingest.isPulling())
    await first.stop()
    const second = await anIngest(streams.connection)
    await eventually('all are applied', () => second.applied().size === 10, 5_000)
    await settled()
    await second.stop()
  })
})
