import { expect } from 'chai'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { keptEventReader } from '../../adapters/inbound/nats/kept-event-reader.ts'
import { memoryFailedEvents, memoryFailures } from '../../adapters/outbound/memory/failed-events.ts'
import { memoryLog } from '../../adapters/outbound/memory/memory-log.ts'
import { memoryRetryQueue } from '../../adapters/outbound/memory/retry-queue.ts'
import { memoryTransactions } from '../../adapters/outbound/memory/transactions.ts'
import { handleBatch, type HandleBatch } from '../../application/commands/handle-batch.ts'
import { isolateFaults } from '../../application/commands/isolate-faults.ts'
import { retryDeadLetters } from '../../application/jobs/retry-dead-letters.ts'
import type { FailedEvent } from '../../application/ports/failed-events.ts'
import type { CompanyId } from '../../domain/company.ts'
import { aFailedEvent } from '../support/a-failed-event.ts'
import { aMessageBody } from '../support/a-delivery.ts'
import { rightOf } from '../support/right-of.ts'
import { translating } from '../support/translating.ts'

const ACME = 'acme' as CompanyId
const SCHEDULE = [60, 120, 240]
const DUE_AT_ONCE = { type: 'attempt', maxAttempts: 1, retryInSeconds: 0 } as const
const bytes = (body: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(body))

/** A worker over memory, and a clock that a test sets. */
const aWorker = (handle?: HandleBatch) => {
  const [kept, log, clock] = [memoryFailures(), memoryLog(), { now: 0 }]
  const nowMs = () => clock.now
  const failedEvents = memoryFailedEvents(kept, nowMs)
  const queue = memoryRetryQueue({ kept, nowMs, isActive: () => true })
  const handleUnits = isolateFaults(handle ?? handleBatch(memoryTransactions(log, { nowMs })))
  const step = retryDeadLetters({ queue, reader: keptEventReader(translating), handleUnits, chance: () => 0.5 },
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
