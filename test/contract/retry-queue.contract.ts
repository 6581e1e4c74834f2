import { expect } from 'chai'
import type { FailedEvent, FailedEvents } from '../../application/ports/failed-events.ts'
import type { RetryQueue } from '../../application/ports/retry-queue.ts'
import { aCompanyId } from '../support/a-company-id.ts'
import { aFailedEvent } from '../support/a-failed-event.ts'
import { rightOf } from '../support/right-of.ts'

export interface OpenRetryQueue {
  readonly queue: RetryQueue
  readonly failedEvents: FailedEvents
  /** The company becomes known, and active or not. */
  readonly company: (companyId: FailedEvent['companyId'], status: 'active' | 'suspended') => Promise<void>
}

const MOST = 1_000
const LONG_CLAIM = 600
/** A claim that has run out before it is looked at. */
const RUNS_OUT = 0
const PROBLEM = { reason: 'handler_error', pointer: '', message: 'Look at the log.' }

/** What every RetryQueue adapter promises. */
export const describeRetryQueue = (adapter: string, open: () => OpenRetryQueue): void => {
  describe(`RetryQueue, ${adapter}`, () => {
    const dueLetter = async (companyId: FailedEvent['companyId'] = aCompanyId(), more: Partial<FailedEvent> = {}): Promise<FailedEvent> => {
      const failure = aFailedEvent(companyId, { fate: { type: 'attempt', maxAttempts: 1, retryInSeconds: 0 }, ...more })
      await open().company(companyId, 'active')
      await rightOf(open().failedEvents.record([failure]))
      return failure
    }
    /** Of one company: the server is shared with other tests. Claims of others run out at once. */
    const claimed = async ({ companyId }: Pick<FailedEvent, 'companyId'>, seconds = LONG_CLAIM) => {
      const all = await rightOf(open().queue.claimDue(MOST, seconds))
      const [mine, others] = [all.filter((each) => each.companyId === companyId), all.filter((each) => each.companyId !== companyId)]
      await rightOf(open().queue.conclude(others.map(({ companyId: other, id }) => ({ companyId: other, id, outcome: 'applied' }))))
      return mine
    }

    it('claims what is due, once', async () => {
      const failure = await dueLetter()
      const [letter] = await claimed(failure)
      expect(letter).to.deep.include({ companyId: failure.companyId, sequence: 1, body: failure.body, attempts: 1, retries: 0 })
      expect(await claimed(failure)).to.deep.equal([])
    })

    it('claims neither what is not due yet, nor what is exhausted, nor what the broker still delivers', async () => {
      const companyId = aCompanyId()
      await dueLetter(companyId, { sequence: 1, fate: { type: 'attempt', maxAttempts: 1, retryInSeconds: 600 } })
      await dueLetter(companyId, { sequence: 2, fate: { type: 'final' } })
      await dueLetter(companyId, { sequence: 3, fate: { type: 'attempt', maxAttempts: 5, retryInSeconds: 0 } })
      expect(await claimed({ companyId })).to.deep.equal([])
    })

    it('lets no company wait behind the many letters of another', async () => {
      const [many, few] = [aCompanyId(), aCompanyId()]
      for (let sequence = 1; sequence <= 20; sequence += 1) await dueLetter(many, { sequence })
      await dueLetter(few)
      const letters = await rightOf(open().queue.claimDue(10, LONG_CLAIM))
      expect(letters.filter(({ companyId }) => companyId === few)).to.have.length(1)
      expect(letters.length).to.be.at.most(10)
      await rightOf(open().queue.release(letters))
    })

    it('counts a retry that failed, and tries again when that is due', async () => {
      const failure = await dueLetter()
      const [letter] = await claimed(failure)
      if (letter === undefined) throw new Error('nothing was claimed')
      await rightOf(open().queue.conclude([{ ...letter, outcome: 'failed', problem: PROBLEM, retryInSeconds: 0 }]))
      expect((await claimed(failure))[0]).to.include({ ...PROBLEM, attempts: 2, retries: 1 })
    })

    it('tries no more when there is no next retry', async () => {
      const failure = await dueLetter()
      const [letter] = await claimed(failure)
      if (letter === undefined) throw new Error('nothing was claimed')
      await rightOf(open().queue.conclude([{ ...letter, outcome: 'failed', problem: PROBLEM }]))
      expect(await claimed(failure)).to.deep.equal([])
      expect((await rightOf(open().failedEvents.unpublished(MOST))).filter(({ companyId }) => companyId === failure.companyId))
        .to.have.length(1)
    })

    it('is done with what was applied', async () => {
      const failure = await dueLetter()
      const [letter] = await claimed(failure)
      if (letter === undefined) throw new Error('nothing was claimed')
      await rightOf(open().queue.conclude([{ ...letter, outcome: 'applied' }]))
      expect(await claimed(failure)).to.deep.equal([])
      expect((await rightOf(open().failedEvents.unpublished(MOST))).filter(({ companyId }) => companyId === failure.companyId))
        .to.deep.equal([])
    })

    it('spends no attempt on a letter that is given back', async () => {
      const failure = await dueLetter()
      await rightOf(open().queue.release(await claimed(failure)))
      expect((await claimed(failure))[0]).to.include({ attempts: 1, retries: 0 })
    })

    it('claims alone what a process died with, and gives up when three died', async () => {
      const failure = await dueLetter()
      await dueLetter(failure.companyId, { sequence: 2 })
      expect(await claimed(failure, RUNS_OUT)).to.have.length(2)
      const alone = await claimed(failure, RUNS_OUT)
      expect(alone).to.have.length(1)
      await rightOf(open().queue.conclude([{ ...failure, id: alone[0]?.id ?? 0, outcome: 'applied' }]))
      for (let i = 0; i < 3; i += 1) expect(await claimed(failure, RUNS_OUT)).to.have.length(1)
      expect(await claimed(failure, RUNS_OUT)).to.deep.equal([])
      const letters = await rightOf(open().failedEvents.unpublished(MOST))
      expect(letters.filter(({ companyId }) => companyId === failure.companyId).map(({ reason }) => reason))
        .to.deep.equal(['kills_process'])
    })

    it('leaves the letters of a suspended company where they are', async () => {
      const failure = await dueLetter()
      await open().company(failure.companyId, 'suspended')
      expect(await claimed(failure)).to.deep.equal([])
      await open().company(failure.companyId, 'active')
      expect(await claimed(failure)).to.have.length(1)
    })

    it('takes empty lists', async () => {
      await rightOf(open().queue.conclude([]))
      await rightOf(open().queue.release([]))
    })
  })
}
