import { expect } from 'chai'
import fc from 'fast-check'
import { fairQueue, type Allowance, type BatchLimits, type Waiting } from '../../../adapters/inbound/nats/fair-queue.ts'

interface Entry extends Waiting { readonly id: number }

const anEntry = (line: string, id: number, more: Partial<Waiting> = {}): Entry =>
  ({ line, id, lockGroup: 0, weight: 1, items: 1, bytes: 100, background: false, ...more })
const LIMITS = { maxItems: 1_000, maxBytes: 1_000_000, share: Infinity, background: Infinity }
const SHARED = { ...LIMITS, share: 200, background: 200 }

const queueOf = (entries: ReadonlyArray<Entry>) => {
  const queue = fairQueue<Entry>()
  for (const entry of entries) queue.push(entry)
  return queue
}
const flood = (line: string, count: number, weight = 1): ReadonlyArray<Entry> =>
  Array.from({ length: count }, (_, id) => anEntry(line, id, { weight }))
const itemsOf = (batch: ReadonlyArray<Entry>, line: string): number =>
  batch.filter((entry) => entry.line === line).reduce((sum, { items }) => sum + items, 0)

describe('the fair queue', () => {
  it('fills a batch with whatever waits, for who is alone', () => expect(queueOf(flood('a', 5_000)).take(LIMITS)).to.have.length(1_000))
  it('takes everything that is little', () => {
    const queue = queueOf([...flood('a', 3), ...flood('b', 2)])
    expect(queue.take(LIMITS)).to.have.length(5)
    expect([queue.take(LIMITS), queue.waiting()]).to.deep.equal([[], 0])
  })
  it('lets quiet lines go ahead of a flood, then holds the flood to its share', () => {
    const queue = queueOf([...flood('flood', 5_000), ...flood('b', 10), ...flood('c', 10)])
    const batches = [queue.take(SHARED), queue.take(SHARED)]
    expect(batches.map((batch) => ['flood', 'b', 'c'].map((line) => itemsOf(batch, line)))).to.deep.equal([[0, 10, 10], [200, 0, 0]])
  })
  it('gives a flood every second batch, however many quiet lines come', () => {
    const queue = queueOf(flood('flood', 5_000))
    const floods = Array.from({ length: 6 }, (_, i) => {
      queue.push(anEntry(`quiet-${i}`, i))
      return itemsOf(queue.take(SHARED), 'flood')
    })
    expect(floods).to.deep.equal([0, 200, 0, 200, 0, 200])
  })
  it('lets nobody go ahead where all are crowded, or only a limit holds the quiet one back', () => {
    const crowded = queueOf([...flood('a', 100), ...flood('b', 100)]).take(SHARED)
    expect([itemsOf(crowded, 'a'), itemsOf(crowded, 'b')]).to.deep.equal([100, 100])
    const nothing: Allowance = { left: () => 0, spend: () => undefined, readyInMs: () => 9 }
    const limited = fairQueue<Entry>(({ line }) => (line === 'limited' ? nothing : undefined))
    for (const entry of [...flood('limited', 3), ...flood('flood', 5_000)]) limited.push(entry)
    expect(itemsOf(limited.take(SHARED), 'flood')).to.equal(200)
  })
  it('shares a full batch by weight', () => {
    const batch = queueOf([...flood('a', 5_000), ...flood('b', 5_000, 3)]).take({ ...LIMITS, maxItems: 256, share: 200 })
    expect([itemsOf(batch, 'a'), itemsOf(batch, 'b')]).to.deep.equal([64, 192])
  })
  it('keeps to the bytes, but lets one alone pass that is larger than all', () => {
    const queue = queueOf([anEntry('a', 1, { bytes: 5_000_000 }), anEntry('a', 2)])
    expect(queue.take(LIMITS).map(({ id }) => id)).to.deep.equal([1])
    expect(queue.take(LIMITS).map(({ id }) => id)).to.deep.equal([2])
  })

  const entries = fc.array(fc.record({
    line: fc.constantFrom('a', 'b', 'c', 'd'), weight: fc.integer({ min: 1, max: 4 }), items: fc.integer({ min: 1, max: 40 }),
    bytes: fc.integer({ min: 1, max: 400 }), background: fc.constant(false),
  }), { maxLength: 200 }).map((all) => all.map((entry, id) => ({ ...entry, id, lockGroup: 0 })))
  const limits = fc.record({ maxItems: fc.integer({ min: 1, max: 100 }), maxBytes: fc.integer({ min: 1, max: 2_000 }),
    share: fc.constantFrom(40, 200, Infinity), background: fc.constant(Infinity) })

  const batchesOf = (all: ReadonlyArray<Entry>, most: BatchLimits): ReadonlyArray<ReadonlyArray<Entry>> => {
    const queue = queueOf(all)
    const batches: ReadonlyArray<Entry>[] = []
    for (let batch = queue.take(most); batch.length > 0; batch = queue.take(most)) batches.push(batch)
    expect(queue.waiting()).to.equal(0)
    return batches
  }
  it('gives each entry once, each line in order, no batch above its limits', () => {
    fc.assert(fc.property(entries, limits, (all, most) => {
      const batches = batchesOf(all, most)
      for (const line of ['a', 'b', 'c', 'd'])
        expect(batches.flat().filter((entry) => entry.line === line)).to.deep.equal(all.filter((entry) => entry.line === line))
      for (const batch of batches.filter(({ length }) => length > 1)) {
        expect(batch.reduce((sum, { items }) => sum + items, 0)).to.be.at.most(most.maxItems)
        expect(batch.reduce((sum, { bytes }) => sum + bytes, 0)).to.be.at.most(most.maxBytes)
      }
    }))
  })
  it('lets nobody wait for longer than a round of the others', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), (others) => {
      const queue = queueOf([...flood('flood', 10_000), ...Array.from({ length: others }, (_, i) => anEntry(`victim-${i}`, i))])
      expect(queue.take(SHARED).filter(({ line }) => line !== 'flood')).to.have.length(others)
    }))
  })

  describe('with histories in the background', () => {
    const imported = (count: number): ReadonlyArray<Entry> => flood('a history', count).map((entry) => ({ ...entry, background: true }))

    it('fills with them what the present leaves free, up to a share', () => {
      const batch = queueOf([...imported(5_000), ...flood('a', 10)]).take(SHARED)
      expect([itemsOf(batch, 'a'), itemsOf(batch, 'a history')]).to.deep.equal([10, 200])
      expect(batch[0]?.line).to.equal('a')
    })
    it('leaves them a little of each batch, however much is present', () => {
      const batch = queueOf([...imported(5_000), ...flood('a', 5_000)]).take(LIMITS)
      expect([itemsOf(batch, 'a'), itemsOf(batch, 'a history')]).to.deep.equal([968, 32])
    })
    it('gives them everything when nothing else is about', () =>
      expect(queueOf(imported(5_000)).take(LIMITS)).to.have.length(1_000))
  })

  describe('with a limit of a line’s own', () => {
    const limitedTo = (left: number): Allowance & { readonly now: () => number } => {
      let tokens = left
      return { left: () => tokens, spend: (items) => { tokens -= items }, readyInMs: () => (tokens >= 1 ? 0 : 500), now: () => tokens }
    }
    it('passes what the limit lets pass, and others all the same', () => {
      const allowance = limitedTo(5)
      const queue = fairQueue<Entry>(({ line }) => (line === 'limited' ? allowance : undefined))
      for (const entry of [...flood('limited', 100), ...flood('free', 10)]) queue.push(entry)
      const both = [...queue.take(LIMITS), ...queue.take(LIMITS)]
      expect([itemsOf(both, 'limited'), itemsOf(both, 'free'), allowance.now()]).to.deep.equal([5, 10, 0])
      expect([queue.take(LIMITS), queue.waiting(), queue.readyInMs()]).to.deep.equal([[], 95, 500])
    })
    it('lets one pass that is larger than the limit, and then owes it', () => {
      const allowance = limitedTo(5)
      const queue = fairQueue<Entry>(() => allowance)
      queue.push(anEntry('a', 1, { items: 40 }))
      expect([queue.take(LIMITS).length, allowance.now()]).to.deep.equal([1, -35])
    })
  })
})
