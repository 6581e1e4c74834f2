import { expect } from 'chai'
import { NOBODY, type DeadLetter, type FailedEvent, type FailedEvents } from '../../application/ports/failed-events.ts'
import { aCompanyId } from '../support/a-company-id.ts'
import { aFailedEvent } from '../support/a-failed-event.ts'
import { rightOf } from '../support/right-of.ts'

const UNLIMITED = 10_000
const THREE_TIMES = { type: 'attempt', maxAttempts: 3, retryInSeconds: 60 } as const

/** What every FailedEvents adapter promises. */
export const describeFailedEvents = (adapter: string, open: () => FailedEvents): void => {
  describe(`FailedEvents, ${adapter}`, () => {
    const record = (...failures: ReadonlyArray<FailedEvent>) => rightOf(open().record(failures))
    const begin = (...events: ReadonlyArray<FailedEvent>) => rightOf(open().begin(events))
    const letters = async (companyId: FailedEvent['companyId']): Promise<ReadonlyArray<DeadLetter>> =>
      (await rightOf(open().unpublished(UNLIMITED))).filter((letter) => letter.companyId === companyId)

    it('is dead at once when the failure is final, and keeps all there is to know', async () => {
      const failure = aFailedEvent(aCompanyId())
      expect(await record(failure)).to.deep.equal(['dead'])
      const [letter] = await letters(failure.companyId)
      const { fate: _, ...kept } = failure
      expect(letter).to.deep.equal({ ...kept, id: letter?.id, attempts: 1, maxAttempts: 1 })
    })

    it('is tried again until its attempts are used up', async () => {
      const failure = aFailedEvent(aCompanyId(), { fate: THREE_TIMES })
      expect([await record(failure), await record(failure)]).to.deep.equal([['retry'], ['retry']])
      expect(await letters(failure.companyId)).to.deep.equal([])
      expect(await record(failure)).to.deep.equal(['dead'])
      expect((await letters(failure.companyId)).map(({ attempts, maxAttempts }) => ({ attempts, maxAttempts })))
        .to.deep.equal([{ attempts: 3, maxAttempts: 3 }])
    })

    it('counts each failure by its own limit', async () => {
      const companyId = aCompanyId()
      const [short, long] = [aFailedEvent(companyId, { sequence: 1, fate: { ...THREE_TIMES, maxAttempts: 2 } }),
        aFailedEvent(companyId, { sequence: 2, fate: THREE_TIMES })]
      expect([await record(short, long), await record(long, short)]).to.deep.equal([['retry', 'retry'], ['retry', 'dead']])
    })

    it('is dead when a later failure of the same event is final', async () => {
      const failure = aFailedEvent(aCompanyId(), { fate: THREE_TIMES })
      await record(failure)
      expect(await record({ ...failure, fate: { type: 'final' }, reason: 'data_error:22003' })).to.deep.equal(['dead'])
      expect((await letters(failure.companyId)).map(({ reason }) => reason)).to.deep.equal(['data_error:22003'])
    })

    it('keeps each event and each item of a history once, also within one call', async () => {
      const companyId = aCompanyId()
      const [whole, first, second] = [aFailedEvent(companyId), aFailedEvent(companyId, { item: 0 }), aFailedEvent(companyId, { item: 1 })]
      expect(await record(whole, first, second, first)).to.deep.equal(['dead', 'dead', 'dead', 'dead'])
      await record(whole)
      expect((await letters(companyId)).map(({ item }) => item)).to.have.members([undefined, 0, 1])
    })

    it('tells events of nobody and of every company apart', async () => {
      const companyId = aCompanyId()
      const [mine, nobodys] = [aFailedEvent(companyId), aFailedEvent(NOBODY, { stream: `S-${companyId}` })]
      expect(await record(mine, nobodys)).to.deep.equal(['dead', 'dead'])
      expect(await letters(companyId)).to.have.length(1)
      expect((await letters(NOBODY)).map(({ stream }) => stream)).to.include(`S-${companyId}`)
    })

    it('forgets the attempts of an event that went through after all', async () => {
      const failure = aFailedEvent(aCompanyId(), { fate: THREE_TIMES })
      await record(failure)
      await record(failure)
      await rightOf(open().succeeded([failure]))
      await begin(failure)
      expect([await record(failure), await record(failure), await record(failure)]).to.deep.equal([['retry'], ['retry'], ['dead']])
    })

    it('sets an event aside that was begun three times and never ended', async () => {
      const begun = aFailedEvent(aCompanyId(), { fate: THREE_TIMES, reason: 'unfinished' })
      for (const deliveries of [4, 5, 6]) expect(await begin({ ...begun, deliveries })).to.deep.equal(['run'])
      expect(await letters(begun.companyId)).to.deep.equal([])
      expect(await begin({ ...begun, deliveries: 7 })).to.deep.equal(['killed'])
      expect((await letters(begun.companyId)).map(({ reason, body }) => ({ reason, body })))
        .to.deep.equal([{ reason: 'kills_process', body: begun.body }])
      expect(await begin({ ...begun, deliveries: 8 })).to.deep.equal(['dead'])
    })

    it('counts an attempt once, however often it is asked to: an answer may be lost', async () => {
      const begun = aFailedEvent(aCompanyId(), { fate: THREE_TIMES, reason: 'unfinished' })
      for (const deliveries of [4, 4, 5, 5, 6, 6, 6]) expect(await begin({ ...begun, deliveries })).to.deep.equal(['run'])
      expect(await begin({ ...begun, deliveries: 7 })).to.deep.equal(['killed'])
    })

    it('begins anew when an attempt ended, well or badly', async () => {
      const event = aFailedEvent(aCompanyId(), { fate: { ...THREE_TIMES, maxAttempts: 9 } })
      for (let i = 0; i < 5; i += 1) {
        expect(await begin(event)).to.deep.equal(['run'])
        await record(event)
      }
      for (const deliveries of [6, 7]) await begin({ ...event, deliveries })
      await rightOf(open().succeeded([event]))
      for (const deliveries of [7, 8, 9]) expect(await begin({ ...event, deliveries })).to.deep.equal(['run'])
      expect(await begin({ ...event, deliveries: 10 })).to.deep.equal(['killed'])
    })

    it('forgets the attempts of a history, and keeps its items that failed', async () => {
      const history = aFailedEvent(aCompanyId(), { fate: THREE_TIMES })
      const [kept, passed] = [{ ...history, item: 1 }, { ...history, item: 2 }]
      await record(kept, passed)
      for (let i = 0; i < 4; i += 1) {
        expect(await begin(history)).to.deep.equal(['run'])
        await rightOf(open().succeeded([{ ...history, failedItems: [1] }]))
      }
      expect([await record(kept), await record(passed)]).to.deep.equal([['retry'], ['dead']])
      expect(await record(kept)).to.deep.equal(['dead'])
      expect((await letters(history.companyId)).map(({ item }) => item)).to.deep.equal([1])
    })

    it('does not begin what is dead already', async () => {
      const event = aFailedEvent(aCompanyId())
      await record(event)
      expect(await begin(event)).to.deep.equal(['dead'])
    })

    it('publishes each dead letter once, the oldest first', async () => {
      const companyId = aCompanyId()
      for (const sequence of [3, 1, 2]) await record(aFailedEvent(companyId, { sequence }))
      const found = await letters(companyId)
      expect(found.map(({ sequence }) => sequence)).to.deep.equal([3, 1, 2])
      await rightOf(open().markPublished(found.slice(0, 2).map(({ id }) => id)))
      await record(aFailedEvent(companyId, { sequence: 3 }))
      expect((await letters(companyId)).map(({ sequence }) => sequence)).to.deep.equal([2])
    })

    it('answers no letter behind the bytes that are asked for, and one at least', async () => {
      for (const sequence of [1, 2, 3]) await record(aFailedEvent(aCompanyId(), { sequence }))
      const all = await rightOf(open().unpublished(UNLIMITED))
      const idsWithin = async (bytes: number) => (await rightOf(open().unpublished(UNLIMITED, bytes))).map(({ id }) => id)
      const before = (count: number) => all.slice(0, count).reduce((sum, { body }) => sum + body.length, 0)
      expect(await idsWithin(1)).to.deep.equal(all.slice(0, 1).map(({ id }) => id))
      expect(await idsWithin(before(2) + 1)).to.deep.equal(all.slice(0, 3).map(({ id }) => id))
      expect(await idsWithin(before(all.length))).to.deep.equal(all.map(({ id }) => id))
    })

    it('keeps bodies that are no text at all, byte by byte', async () => {
      const body = Uint8Array.from({ length: 256 }, (_, i) => i)
      const failure = aFailedEvent(aCompanyId(), { body })
      await record(failure)
      expect((await letters(failure.companyId)).map((letter) => [...letter.body])).to.deep.equal([[...body]])
    })

    it('takes an event of a stream that was made anew for another one, though it has the number of an old one', async () => {
      const companyId = aCompanyId()
      const old = aFailedEvent(companyId, { fate: THREE_TIMES })
      const anew = { ...old, publishedAt: old.publishedAt + 60 as FailedEvent['publishedAt'], body: new Uint8Array([1]) }
      const final = (failure: FailedEvent): FailedEvent => ({ ...failure, fate: { type: 'final' } })
      await record(old)
      await rightOf(open().succeeded([anew]))
      expect(await record(final(old), anew)).to.deep.equal(['dead', 'retry'])
      expect(await begin(old, anew)).to.deep.equal(['dead', 'run'])
      expect(await record(final(anew))).to.deep.equal(['dead'])
      expect((await letters(companyId)).map(({ publishedAt, body, attempts }) => ({ publishedAt, body, attempts })))
        .to.deep.equal([old, anew].map(({ publishedAt, body }) => ({ publishedAt, body, attempts: 2 })))
      await rightOf(open().succeeded([anew]))
      expect((await letters(companyId)).map(({ publishedAt }) => publishedAt)).to.deep.equal([old.publishedAt])
    })

    it('takes empty lists', async () => {
      expect(await record()).to.deep.equal([])
      expect(await begin()).to.deep.equal([])
      await rightOf(open().markPublished([]))
      await rightOf(open().succeeded([]))
    })
  })
}
