import { expect } from 'chai'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { HistoryMode } from '../../adapters/inbound/nats/decode-event.ts'
import { keptEventReader } from '../../adapters/inbound/nats/kept-event-reader.ts'
import { memoryFailedEvents, memoryFailures } from '../../adapters/outbound/memory/failed-events.ts'
import { memoryLog } from '../../adapters/outbound/memory/memory-log.ts'
import { memoryRetryQueue } from '../../adapters/outbound/memory/retry-queue.ts'
import { memoryTransactions } from '../../adapters/outbound/memory/transactions.ts'
import { handleBatch, type HandleBatch } from '../../application/commands/handle-batch.ts'
import { isolateFaults } from '../../application/commands/isolate-faults.ts'
import { retryDeadLetters } from '../../application/jobs/retry-dead-letters.ts'
import type { DeadLetter, FailedEvent, FailedEvents } from '../../application/ports/failed-events.ts'
import type { Unavailable } from '../../application/ports/unavailable.ts'
import type { CompanyId } from '../../domain/company.ts'
import { aFailedEvent } from '../support/a-failed-event.ts'
import { aMessageBody } from '../support/a-delivery.ts'
import { rightOf } from '../support/right-of.ts'
import { decoding } from '../support/translating.ts'

const ACME = 'acme' as CompanyId
const SCHEDULE = [60, 120, 240]
const DUE_AT_ONCE = { type: 'attempt', maxAttempts: 1, retryInSeconds: 0 } as const
const bytes = (body: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(body))

/** A worker over memory, and a clock that a test sets. */
const aWorker = (handle?: HandleBatch, historyMode: HistoryMode = 'accept_valid', outage?: Unavailable) => {
  const [kept, log, clock] = [memoryFailures(), memoryLog(), { now: 0 }]
  const nowMs = () => clock.now
  const failedEvents = memoryFailedEvents(kept, nowMs)
  const record: FailedEvents['record'] = (failures) => (outage === undefined ? failedEvents.record(failures) : TE.left(outage))
  const queue = memoryRetryQueue({ kept, nowMs, isActive: () => true })
  const handleUnits = isolateFaults(handle ?? handleBatch(memoryTransactions(log, { nowMs })))
  const reader = keptEventReader({ ...decoding, historyMode })
  const step = retryDeadLetters({ queue, failedEvents: { record }, reader, handleUnits, chance: () => 0.5 },
    { schedule: SCHEDULE, limit: 10, claimSeconds: 60 })
  return { failedEvents, log, clock, step: () => rightOf(step), tryStep: step,
    fail: (more: Partial<FailedEvent>) => rightOf(failedEvents.record([aFailedEvent(ACME, { fate: DUE_AT_ONCE, ...more })])),
    letters: () => rightOf(failedEvents.unpublished(100)) }
}

describe('the retry worker', () => {
  it('applies a due letter with its original clock and identity', async () => {
    const { fail, step, log, letters } = aWorker()
    await fail({ sequence: 7, body: bytes(aMessageBody('m1')) })
    expect(await step()).to.deep.equal({ applied: 1, failed: 0 })
    const [fact] = log.facts
    expect(fact?.event).to.have.nested.property('firstSeen.sequence', 7)
    expect(await letters()).to.deep.equal([])
    expect(await step()).to.deep.equal({ applied: 0, failed: 0 })
  })
  it('applies one item of a history as that item', async () => {
    const { fail, step, log } = aWorker()
    await fail({ subject: 'v1.history.messages.acme', item: 3, body: bytes(aMessageBody('m1')) })
    expect(await step()).to.deep.equal({ applied: 1, failed: 0 })
    expect(log.facts[0]?.event).to.deep.nested.include({ 'firstSeen.item': 3, 'firstSeen.rank': 0 })
  })
  it('applies a large history in portions, none of them larger than a batch', async () => {
    const sizes: number[] = []
    const { fail, step } = aWorker((batch) => {
      sizes.push(batch.length)
      return TE.right(batch.map(() => 1))
    })
    const messages = Array.from({ length: 2_500 }, (_, i) => aMessageBody(`m${i}`))
    await fail({ subject: 'v1.history.messages.acme', body: bytes({ messages }) })
    expect(await step()).to.deep.equal({ applied: 1, failed: 0 })
    expect(sizes).to.deep.equal([1_000, 1_000, 500])
  })
  it('retries after the waits of the schedule, then gives up', async () => {
    const { fail, step, clock, letters } = aWorker(() => { throw new Error('a bug') })
    await fail({ body: bytes(aMessageBody('m1')) })
    const tries: number[] = []
    for (clock.now = 0; clock.now <= 3_600_000; clock.now += 10_000) if ((await step()).failed > 0) tries.push(clock.now / 1_000)
    expect(tries).to.deep.equal([0, 120, 360])
    expect((await letters()).map(({ attempts, reason }) => [attempts, reason])).to.deep.equal([[4, 'handler_error']])
  })
  it('gives up at once what turns out to be invalid', async () => {
    const { fail, step, clock, letters } = aWorker()
    await fail({ body: bytes({ message_id: 'm1' }) })
    expect(await step()).to.deep.equal({ applied: 0, failed: 1 })
    clock.now = 86_400_000
    expect(await step()).to.deep.equal({ applied: 0, failed: 0 })
    expect((await letters()).map(({ reason, pointer }) => [reason, pointer])).to.deep.equal([['missing_field', '/chat_id']])
  })
  it('spends no attempt while the store is away', async () => {
    const outage = { type: 'Unavailable' as const, cause: new Error('refused') }
    let isDown = true
    const { fail, tryStep, step, letters } = aWorker((batch) => (isDown ? TE.left(outage) : TE.right(batch.map(() => 1))))
    await fail({ body: bytes(aMessageBody('m1')) })
    expect(await tryStep()).to.have.property('_tag', 'Left')
    expect((await letters()).map(({ attempts }) => attempts)).to.deep.equal([1])
    isDown = false
    expect(await step()).to.deep.equal({ applied: 1, failed: 0 })
  })
  const partlyBad = { subject: 'v1.history.messages.acme', body: bytes({ messages: [aMessageBody('m1'), { x: 1 }, aMessageBody('m2')] }) }
  /** A history whose run alone was begun and never ended, for the broker has lost the count of its deliveries. */
  const forgotten = async ({ failedEvents, clock }: ReturnType<typeof aWorker>): Promise<void> => {
    await rightOf(failedEvents.begin([aFailedEvent(ACME, { ...partlyBad, fate: { type: 'attempt', maxAttempts: 5, retryInSeconds: 60 } })]))
    clock.now = 7_200_000
  }
  const INVALID_ITEM = { ...partlyBad, item: 1, body: bytes({ x: 1 }), fate: { type: 'final' }, pointer: '/message_id' } as const
  const brief = ({ item, reason, attempts, body }: DeadLetter) => [item, reason, attempts, Buffer.from(body).toString()]

  it('makes no second letter of a partly bad history that was delivered meanwhile', async () => {
    const worker = aWorker()
    await forgotten(worker)
    await worker.fail(INVALID_ITEM)
    expect(await worker.step()).to.deep.equal({ applied: 1, failed: 0 })
    expect((await worker.letters()).map(brief)).to.deep.equal([[1, 'missing_field', 1, '{"x":1}']])
    expect(new Set(worker.log.facts.map(({ id }) => id))).to.deep.equal(new Set(['m1', 'm2']))
  })
  it('keeps the bad items of a history that nobody has read as its delivery would have', async () => {
    const worker = aWorker()
    await forgotten(worker)
    expect(await worker.step()).to.deep.equal({ applied: 1, failed: 0 })
    expect((await worker.letters()).map(brief)).to.deep.equal([[1, 'missing_field', 1, '{"x":1}']])
  })
  it('keeps the whole of such a history where its delivery would have', async () => {
    const worker = aWorker(undefined, 'all_or_nothing')
    await forgotten(worker)
    expect(await worker.step()).to.deep.equal({ applied: 0, failed: 1 })
    expect((await worker.letters()).map(({ item, pointer }) => [item, pointer])).to.deep.equal([[undefined, '/messages/1/message_id']])
    expect(worker.log.facts).to.deep.equal([])
  })
  it('retries an item of a history alone from then on', async () => {
    let isBroken = true
    const worker = aWorker((batch) => {
      if (isBroken && batch.some(({ id }) => id === 'm2')) throw new Error('a bug')
      return TE.right(batch.map(() => 1))
    })
    await forgotten(worker)
    await worker.step()
    expect((await worker.letters()).map(({ item, reason }) => [item, reason])).to.deep.equal([[1, 'missing_field'], [2, 'handler_error']])
    isBroken = false
    worker.clock.now += 61_000
    expect(await worker.step()).to.deep.equal({ applied: 1, failed: 0 })
    expect((await worker.letters()).map(({ item }) => item)).to.deep.equal([1])
  })
  it('settles no history before its items are kept', async () => {
    const worker = aWorker(undefined, 'accept_valid', { type: 'Unavailable', cause: new Error('refused') })
    await forgotten(worker)
    for (let times = 0; times < 5; times += 1) expect(await worker.tryStep()).to.have.property('_tag', 'Left')
    expect(await worker.letters()).to.deep.equal([])
  })
  it('applies the neighbours of one that fails again', async () => {
    const { fail, step, letters } = aWorker((batch) => {
      if (batch.some(({ id }) => id === 'm2')) throw new Error('a bug')
      return TE.right(batch.map(() => 1))
    })
    for (const sequence of [1, 2, 3]) await fail({ sequence, body: bytes(aMessageBody(`m${sequence}`)) })
    expect(await step()).to.deep.equal({ applied: 2, failed: 1 })
    expect((await letters()).map(({ sequence }) => sequence)).to.deep.equal([2])
  })
})
