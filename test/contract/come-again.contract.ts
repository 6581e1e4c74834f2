import { expect } from 'chai'
import type { FailedEvent } from '../../application/ports/failed-events.ts'
import { aFailedEvent } from '../support/a-failed-event.ts'
import { operating, type OpenOperators } from '../support/operators.ts'
import { rightOf } from '../support/right-of.ts'

type Prepared = Awaited<ReturnType<ReturnType<typeof operating>['companyWith']>>

const AGAIN = { type: 'attempt', maxAttempts: 5, retryInSeconds: 60 } as const
const DEAD = { fate: { ...AGAIN, maxAttempts: 1 } }
const NEWER = { reason: 'handler_error', pointer: '/newer', message: 'Newer.', deliveries: 7 }

/** What FailedEvents adapters promise of a failure whose source comes again after it was acknowledged: an acknowledgement was lost. */
export const describeComeAgain = (adapter: string, open: () => OpenOperators): void => {
  describe(`FailedEvents, ${adapter}, when an acknowledged event comes again`, () => {
    const { companyWith, job, edit, discard, event } = operating(open)
    const failures = () => open().failedEvents
    const record = (failure: FailedEvent) => rightOf(failures().record([failure]))
    const again = (companyId: FailedEvent['companyId'], fate: FailedEvent['fate']) => aFailedEvent(companyId, { ...NEWER, fate })
    const replay = async ({ companyId, ids: [id = 0] }: Prepared): Promise<void> => {
      const jobId = await job(companyId, [id])
      await rightOf(open().queue.conclude([{ jobId, dryRun: false, companyId, id, outcome: 'applied' }]))
    }
    const settled: Readonly<Record<string, () => Promise<Prepared>>> = {
      dead: () => companyWith(1, DEAD),
      exhausted: () => companyWith(1),
      resolved: async () => {
        const prepared = await companyWith(1)
        await replay(prepared)
        return prepared
      },
      discarded: async () => {
        const prepared = await companyWith(1)
        await discard(prepared.companyId, prepared.ids, 'no')
        return prepared
      },
    }
    for (const [status, prepare] of Object.entries(settled)) {
      it(`leaves one that is ${status} as it is, and lets its source be acknowledged`, async () => {
        const { companyId, ids: [id = 0] } = await prepare()
        const before = await event(id)
        expect(before).to.include({ status })
        for (const fate of [AGAIN, { type: 'final' } as const]) expect(await record(again(companyId, fate))).to.deep.equal(['dead'])
        expect(await event(id)).to.deep.equal(before)
      })
    }

    it('publishes none of them a second time', async () => {
      const { companyId, ids: [id = 0] } = await companyWith(1)
      await rightOf(failures().markPublished([id]))
      await record(again(companyId, AGAIN))
      expect((await rightOf(failures().unpublished(10_000))).filter((letter) => letter.id === id)).to.deep.equal([])
    })

    it('does not run the body that an operator has replaced', async () => {
      const prepared = await companyWith(1)
      const { companyId, ids: [id = 0] } = prepared
      await edit(companyId, id, '{"mended": true}')
      await replay(prepared)
      const before = await event(id)
      expect(await rightOf(failures().begin([again(companyId, AGAIN)]))).to.deep.equal(['dead'])
      expect(await event(id)).to.deep.equal(before)
    })
  })
}
