import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { aPipeline } from '../../support/a-pipeline.ts'
import { aDelivery, aMessageBody, settling, type Settled } from '../../support/a-delivery.ts'
import { eventually } from '../../support/eventually.ts'
import { rightOf } from '../../support/right-of.ts'
import type { Instruction } from '../../../application/aggregates.ts'
import { NOBODY } from '../../../application/ports/failed-events.ts'
import type { CompanyId } from '../../../domain/company.ts'

const ACME = 'acme' as CompanyId
const live = (sequence: number, body: unknown = aMessageBody(`m${sequence}`), more = {}): Settled =>
  settling(aDelivery('v1.messages.upsert.acme', body, { sequence, ...more }))
const settled = (...events: ReadonlyArray<Settled>) =>
  eventually('all are settled', () => events.every((event) => event.outcome() !== 'held'))
const outcomes = (events: ReadonlyArray<Settled>) => events.map((event) => event.outcome())
const isPoison = ({ id }: Instruction): boolean => id.startsWith('poison')

/** Stores nothing, but remembers what it was asked for. */
const recording = (answer: (batch: ReadonlyArray<Instruction>) => E.Either<never, ReadonlyArray<number>>) => {
  const batches: ReadonlyArray<string>[] = []
  return { batches, handle: (batch: ReadonlyArray<Instruction>) => async () => {
    batches.push(batch.map(({ id }) => id))
    await Promise.resolve()
    return answer(batch)
  } }
}

describe('the pipeline', () => {
  it('acknowledges what is applied, and what changes nothing', async () => {
    const { work, log } = aPipeline()
    const events = [live(1), live(2)]
    for (const event of events) work.accept(event, ACME)
    await settled(...events)
    const facts = log.facts.length
    work.accept(live(1), ACME)
    await eventually('nothing is held', () => work.held() === 0)
    expect(outcomes(events)).to.deep.equal(['acked', 'acked'])
    expect(log.facts).to.have.length(facts)
    work.stop()
  })
  it('makes one batch of what arrives together, then of what arrives meanwhile', async () => {
    const { batches, handle } = recording((batch) => E.right(batch.map(() => 1)))
    const { work } = aPipeline({ handle, slots: 1 })
    const events = Array.from({ length: 150 }, (_, i) => live(i + 1))
    for (const event of events) work.accept(event, ACME)
    await settled(...events)
    expect(batches.map(({ length }) => length)).to.deep.equal([100, 50])
    expect(batches.flat()).to.deep.equal(events.map((_, i) => `m${i + 1}`))
    work.stop()
  })
  it('never has one message in two batches at a time, and keeps its order', async () => {
    const running = new Set<string>()
    const seen: number[] = []
    const handle = (batch: ReadonlyArray<Instruction>) => async () => {
      const ids = new Set(batch.map(({ id }) => id))
      for (const id of ids) expect(running.has(id)).to.equal(false)
      for (const id of ids) running.add(id)
      await new Promise((resolve) => { setImmediate(resolve) })
      for (const { id, cause } of batch) if (id === 'm0') seen.push(cause.sequence)
      for (const id of ids) running.delete(id)
      return E.right(batch.map(() => 1))
    }
    const { work } = aPipeline({ handle, slots: 4, maxItems: 7 })
    const events = Array.from({ length: 300 }, (_, i) => live(i, aMessageBody(`m${i % 10}`)))
    for (const event of events) work.accept(event, ACME)
    await settled(...events)
    expect(seen).to.deep.equal([...seen].sort((a, b) => a - b)).and.to.have.length(30)
    work.stop()
  })
})

describe('the pipeline, of what fails', () => {
  it('keeps an invalid event and acknowledges it', async () => {
    const { work, failedEvents } = aPipeline()
    const event = live(1, '{"message_id":')
    work.accept(event, ACME)
    await settled(event)
    const [letter] = await rightOf(failedEvents.unpublished(10))
    expect(letter).to.deep.include({ companyId: 'acme', sequence: 1, reason: 'malformed_json', maxAttempts: 1 })
    work.stop()
  })
  it('keeps an event of an invalid company under nobody’s name', async () => {
    const { work, failedEvents } = aPipeline()
    const event = settling(aDelivery('v1.messages.upsert.a b', aMessageBody('m1')))
    work.accept(event, NOBODY)
    await settled(event)
    expect((await rightOf(failedEvents.unpublished(10))).map(({ companyId, reason }) => [companyId, reason]))
      .to.deep.equal([['*', 'invalid_company']])
    work.stop()
  })
  it('applies the neighbours of an event that cannot be stored, and keeps it alone', async () => {
    const handle = (batch: ReadonlyArray<Instruction>) => (batch.some(isPoison)
      ? TE.left({ type: 'Unstorable' as const, sqlState: '22003', cause: new Error('refused') }) : TE.right(batch.map(() => 1)))
    const { work, failedEvents } = aPipeline({ handle })
    const events = Array.from({ length: 20 }, (_, i) => live(i, aMessageBody(i === 11 ? 'poison' : `m${i}`)))
    for (const event of events) work.accept(event, ACME)
    await settled(...events)
    expect(new Set(outcomes(events))).to.deep.equal(new Set(['acked']))
    expect((await rightOf(failedEvents.unpublished(10))).map(({ sequence, reason }) => [sequence, reason]))
      .to.deep.equal([[11, 'data_error:22003']])
    work.stop()
  })
  it('gives an event that nobody expected to fail back four times, then keeps it', async () => {
    const { work, failedEvents } = aPipeline({ handle: (batch) => {
      if (batch.some(isPoison)) throw new Error('a bug')
      return TE.right(batch.map(() => 1))
    } })
    const neighbour = live(2)
    const tries: ReturnType<Settled['outcome']>[] = []
    for (const deliveries of [1, 2, 3, 4, 5]) {
      const event = live(1, aMessageBody('poison'), { deliveries })
      work.accept(event, ACME)
      if (deliveries === 1) work.accept(neighbour, ACME)
      await settled(event)
      tries.push(event.outcome())
    }
    expect(tries).to.deep.equal([{ givenBackMs: 1_000 }, { givenBackMs: 2_000 }, { givenBackMs: 4_000 }, { givenBackMs: 8_000 }, 'acked'])
    expect(neighbour.outcome()).to.equal('acked')
    expect((await rightOf(failedEvents.unpublished(10))).map(({ attempts, reason }) => [attempts, reason]))
      .to.deep.equal([[5, 'handler_error']])
    work.stop()
  })
  it('forgets the attempts of an event that goes through after all', async () => {
    let isBroken = true
    const { work, failedEvents } = aPipeline({ handle: (batch) => {
      if (isBroken) throw new Error('a bug')
      return TE.right(batch.map(() => 1))
    } })
    const accept = async (deliveries: number) => {
      const event = live(1, aMessageBody('m1'), { deliveries })
      work.accept(event, ACME)
      await settled(event)
    }
    for (const deliveries of [1, 2, 3, 4]) await accept(deliveries)
    isBroken = false
    await accept(5)
    await new Promise((resolve) => { setImmediate(resolve) })
    isBroken = true
    await accept(1)
    expect(await rightOf(failedEvents.unpublished(10))).to.deep.equal([])
    work.stop()
  })
  it('applies the valid items of a history and keeps the others one by one', async () => {
    const { work, log, failedEvents } = aPipeline()
    const event = settling(aDelivery('v1.history.messages.acme', { messages: [aMessageBody('m1'), { x: 1 }, aMessageBody('m2'), 7] }))
    work.accept(event, ACME)
    await settled(event)
    expect(new Set(log.facts.map(({ id }) => id))).to.deep.equal(new Set(['m1', 'm2']))
    const letters = await rightOf(failedEvents.unpublished(10))
    expect(letters.map(({ item, body }) => [item, Buffer.from(body).toString()])).to.deep.equal([[1, '{"x":1}'], [3, '7']])
    work.stop()
  })
  it('keeps the whole of a history whose sync cannot be asked for: that is not the fault of its first item', async () => {
    const handle = (batch: ReadonlyArray<Instruction>) => (batch.some(({ kind }) => kind === 'sync')
      ? TE.left({ type: 'Unstorable' as const, sqlState: '22003', cause: new Error('refused') }) : TE.right(batch.map(() => 1)))
    const { work, failedEvents } = aPipeline({ handle })
    const event = settling(aDelivery('v1.history.messages.acme', { messages: [aMessageBody('m1')], is_last_batch: true, agent_id: 'a1' }))
    work.accept(event, ACME)
    await settled(event)
    const letters = await rightOf(failedEvents.unpublished(10))
    expect(letters.map(({ item, body }) => [item, body])).to.deep.equal([[undefined, event.delivery.data]])
    work.stop()
  })
  it('keeps alone the item of a history that cannot be stored', async () => {
    const { work, failedEvents } = aPipeline({ handle: (batch) => (batch.some(isPoison)
      ? TE.left({ type: 'Unstorable', sqlState: '22003', cause: new Error('refused') }) : TE.right(batch.map(() => 1))) })
    const event = settling(aDelivery('v1.history.messages.acme', { messages: ['m1', 'poison', 'm2'].map((id) => aMessageBody(id)) }))
    work.accept(event, ACME)
    await settled(event)
    expect((await rightOf(failedEvents.unpublished(10))).map(({ item }) => item)).to.deep.equal([1])
    work.stop()
  })
})

describe('the pipeline, of what came before', () => {
  const again = (sequence: number, deliveries: number, body: unknown = aMessageBody(`m${sequence}`)): Settled => live(sequence, body, { deliveries })

  it('reads it only when its turn comes, and keeps fresh events apart from it', async () => {
    const { batches, handle } = recording((batch) => E.right(batch.map(() => 1)))
    const { work } = aPipeline({ handle, slots: 1, maxItems: 20 })
    const events = [again(1, 2), again(2, 2), again(3, 2), live(4), live(5)]
    for (const event of events) work.accept(event, ACME)
    await settled(...events)
    expect(batches.map((ids) => ids.join(' ')).sort()).to.deep.equal(['m1 m2', 'm3', 'm4 m5'])
    work.stop()
  })
  it('counts the attempt before it runs an event alone', async () => {
    const { failedEvents } = aPipeline()
    const order: string[] = []
    const { work } = aPipeline({ maxItems: 10,
      failedEvents: { ...failedEvents, begin: (events) => { order.push('begin'); return failedEvents.begin(events) } },
      handle: (batch) => { order.push('handle'); return TE.right(batch.map(() => 1)) } })
    const event = again(1, 2)
    work.accept(event, ACME)
    await settled(event)
    expect([order, event.outcome()]).to.deep.equal([['begin', 'handle'], 'acked'])
    work.stop()
  })
  it('counts no attempt while another batch is in flight, for that one may be the killer', async () => {
    const { failedEvents } = aPipeline()
    const begun: number[] = []
    let inFlight = 0
    const { work } = aPipeline({ maxItems: 10,
      failedEvents: { ...failedEvents, begin: (events) => { begun.push(inFlight); return failedEvents.begin(events) } },
      handle: (batch) => async () => {
        inFlight += 1
        await new Promise((resolve) => { setTimeout(resolve, 20) })
        inFlight -= 1
        return E.right(batch.map(() => 1))
      } })
    const events = [live(10), again(1, 3)]
    for (const event of events) work.accept(event, ACME)
    await settled(...events)
    expect(begun).to.deep.equal([0])
    work.stop()
  })
  it('takes a history for one that went through, also where items of it failed', async () => {
    const { failedEvents, work } = aPipeline({ maxItems: 10 })
    for (const deliveries of [3, 4, 5, 6, 7]) {
      const event = settling(aDelivery('v1.history.messages.acme', { messages: [aMessageBody('m1'), { x: 1 }] }, { deliveries }))
      work.accept(event, ACME)
      await settled(event)
      expect(event.outcome()).to.equal('acked')
    }
    expect((await rightOf(failedEvents.unpublished(10))).map(({ item, reason }) => [item, reason])).to.deep.equal([[1, 'missing_field']])
    work.stop()
  })
  it('lets no batch be in flight while an event runs alone', async () => {
    let inFlight = 0
    const most: Record<string, number> = {}
    const { work } = aPipeline({ maxItems: 10, slots: 2, handle: (batch) => async () => {
      inFlight += 1
      await new Promise((resolve) => { setTimeout(resolve, 5) })
      for (const { id } of batch) most[id] = inFlight
      inFlight -= 1
      return E.right(batch.map(() => 1))
    } })
    const events = [...Array.from({ length: 40 }, (_, i) => live(i + 10)), again(1, 3), again(2, 3)]
    for (const event of events) work.accept(event, ACME)
    await settled(...events)
    expect([most['m1'], most['m2']]).to.deep.equal([1, 1])
    work.stop()
  })
  it('sets aside, unread and acknowledged, what was begun three times and never ended', async () => {
    const { failedEvents } = aPipeline()
    const die = () => new Promise<never>(() => undefined)
    for (const deliveries of [4, 5, 6]) {
      const { work } = aPipeline({ failedEvents, handle: () => die })
      work.accept(again(1, deliveries), ACME)
      await eventually('the attempt has begun', () => work.waiting() === 0)
      await new Promise((resolve) => { setImmediate(resolve) })
    }
    const { work } = aPipeline({ failedEvents, handle: () => { throw new Error('it must not be run') } })
    const [killer, neighbour] = [again(1, 7), again(2, 7, 'nonsense')]
    work.accept(killer, ACME)
    work.accept(neighbour, ACME)
    await settled(killer, neighbour)
    expect(outcomes([killer, neighbour])).to.deep.equal(['acked', 'acked'])
    expect((await rightOf(failedEvents.unpublished(10))).map(({ sequence, reason }) => [sequence, reason]))
      .to.deep.equal([[1, 'kills_process'], [2, 'malformed_json']])
    work.stop()
  })
})

describe('the pipeline, during an outage', () => {
  const unavailable = { type: 'Unavailable' as const, cause: new Error('refused') }
  it('holds everything, counts nothing, and goes on by itself', async () => {
    let isDown = true
    const seen: string[] = []
    const { work, failedEvents } = aPipeline({ handle: (batch) => {
      if (isDown) return TE.left(unavailable)
      seen.push(...batch.map(({ id }) => id))
      return TE.right(batch.map(() => 1))
    } })
    const events = [live(1), live(2), live(3)]
    for (const event of events) work.accept(event, ACME)
    await eventually('the circuit opens', () => work.isOpen())
    expect(outcomes(events)).to.deep.equal(['held', 'held', 'held'])
    isDown = false
    await settled(...events)
    expect(work.isOpen()).to.equal(false)
    expect(seen.sort()).to.deep.equal(['m1', 'm2', 'm3'])
    expect(await rightOf(failedEvents.unpublished(10))).to.deep.equal([])
    work.stop()
  })
  it('acknowledges an invalid event only after it is kept', async () => {
    let isDown = true
    const { failedEvents } = aPipeline()
    const { work } = aPipeline({ failedEvents: { ...failedEvents,
      record: (failures) => () => (isDown ? TE.left(unavailable) : failedEvents.record(failures))() } })
    const event = live(1, 'nonsense')
    work.accept(event, ACME)
    await eventually('the circuit opens', () => work.isOpen())
    expect(event.outcome()).to.equal('held')
    isDown = false
    await settled(event)
    expect(event.outcome()).to.equal('acked')
    work.stop()
  })
  it('does not let a failure that cannot be kept hold up the others', async () => {
    const { failedEvents } = aPipeline()
    const { work } = aPipeline({ failedEvents: { ...failedEvents, record: (failures) => {
      if (failures.some(({ sequence }) => sequence === 2)) throw new Error('a bug')
      return failedEvents.record(failures)
    } } })
    const events = [live(1, ''), live(2, ''), live(3, '')]
    for (const event of events) work.accept(event, ACME)
    await settled(...events)
    expect(outcomes(events)).to.deep.equal(['acked', { givenBackMs: 1_000 }, 'acked'])
    expect(work.isOpen()).to.equal(true)
    const later = live(4, '')
    work.accept(later, ACME)
    await settled(later)
    expect(work.isOpen()).to.equal(false)
    work.stop()
  })
  it('settles an event that came again meanwhile once, by its newest delivery', async () => {
    let isDown = true
    const { work } = aPipeline({ handle: (batch) => (isDown ? TE.left(unavailable) : TE.right(batch.map(() => 1))) })
    const [first, again] = [live(1), live(1, aMessageBody('m1'), { deliveries: 2 })]
    work.accept(first, ACME)
    work.accept(again, ACME)
    isDown = false
    await settled(again)
    expect(outcomes([first, again])).to.deep.equal(['held', 'acked'])
    work.stop()
  })
  it('takes nothing for gone through that was never run before it was stopped', async () => {
    const passed: number[] = []
    const { failedEvents } = aPipeline()
    const { work } = aPipeline({ handle: () => TE.left(unavailable), failedEvents: { ...failedEvents, succeeded: (events) => {
      passed.push(...events.map(({ sequence }) => sequence))
      return failedEvents.succeeded(events)
    } } })
    work.accept(live(1, aMessageBody('m1'), { deliveries: 2 }), ACME)
    await eventually('the circuit opens', () => work.isOpen())
    work.stop()
    await eventually('nobody waits any more', () => !work.isOpen())
    await new Promise((resolve) => { setImmediate(resolve) })
    expect(passed).to.deep.equal([])
  })
  it('does not take an event for one in hand of the same number, whose stream has been made anew since', async () => {
    let isDown = true
    const { work } = aPipeline({ handle: (batch) => (isDown ? TE.left(unavailable) : TE.right(batch.map(() => 1))) })
    const old = live(1)
    const anew = live(1, aMessageBody('m2'), { publishedAtMs: old.delivery.publishedAtMs + 1 })
    work.accept(old, ACME)
    work.accept(anew, ACME)
    isDown = false
    await settled(old, anew)
    expect(outcomes([old, anew])).to.deep.equal(['acked', 'acked'])
    work.stop()
  })
  it('gives back what it holds when it is stopped', async () => {
    const { work } = aPipeline({ handle: () => TE.left(unavailable) })
    const event = live(1)
    work.accept(event, ACME)
    await eventually('the circuit opens', () => work.isOpen())
    work.stop()
    expect(event.outcome()).to.deep.equal({ givenBackMs: 0 })
  })
})
