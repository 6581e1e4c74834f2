import { expect } from 'chai'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AcknowledgedPositions } from '../../application/ports/companies.ts'
import { aCompanyId } from '../support/a-company-id.ts'
import { rightOf } from '../support/right-of.ts'

const STREAM = 'REALTIME'

/** What every AcknowledgedPositions adapter promises. */
export const describeAcknowledgedPositions = (adapter: string, open: () => AcknowledgedPositions): void => {
  describe(`AcknowledgedPositions, ${adapter}`, () => {
    it('remembers nothing of a company never saved', async () => {
      expect(await rightOf(open().of([aCompanyId()]))).to.deep.equal([])
    })

    it('remembers each stream of each company', async () => {
      const [one, other] = [aCompanyId(), aCompanyId()]
      const saved = [{ companyId: one, stream: STREAM, sequence: 5 }, { companyId: one, stream: 'HISTORY', sequence: 2 },
        { companyId: other, stream: STREAM, sequence: 9 }]
      await rightOf(open().save(saved))
      expect(await rightOf(open().of([one, other]))).to.have.deep.members(saved)
      expect(await rightOf(open().of([other]))).to.deep.equal([{ companyId: other, stream: STREAM, sequence: 9 }])
    })

    it('never moves back, nor within one call', async () => {
      const companyId = aCompanyId()
      for (const sequence of [5, 9, 7]) await rightOf(open().save([{ companyId, stream: STREAM, sequence }]))
      await rightOf(open().save([{ companyId, stream: STREAM, sequence: 8 }, { companyId, stream: STREAM, sequence: 6 }]))
      expect(await rightOf(open().of([companyId]))).to.deep.equal([{ companyId, stream: STREAM, sequence: 9 }])
    })

    it('holds sequences beyond 32 bits', async () => {
      const position = { companyId: aCompanyId(), stream: STREAM, sequence: Number.MAX_SAFE_INTEGER }
      await rightOf(open().save([position]))
      expect(await rightOf(open().of([position.companyId]))).to.deep.equal([position])
    })

    it('forgets positions older than their stream, of all companies, and no others', async () => {
      const [one, other, stream] = [aCompanyId(), aCompanyId(), `MADE-ANEW-${aCompanyId()}`]
      await rightOf(open().save([{ companyId: one, stream, sequence: 5 }, { companyId: one, stream: 'OLD', sequence: 3 },
        { companyId: other, stream, sequence: 9 }]))
      await sleep(50)
      await rightOf(open().forget(stream, 60_000))
      expect(await rightOf(open().of([other]))).to.deep.equal([{ companyId: other, stream, sequence: 9 }])
      await rightOf(open().forget(stream, 10))
      expect(await rightOf(open().of([one, other]))).to.have.deep.members([{ companyId: one, stream, sequence: 0 },
        { companyId: one, stream: 'OLD', sequence: 3 }, { companyId: other, stream, sequence: 0 }])
      await rightOf(open().save([{ companyId: one, stream, sequence: 2 }]))
      expect((await rightOf(open().of([one]))).map(({ sequence }) => sequence)).to.have.members([2, 3])
    })

    it('takes an empty list', async () => {
      await rightOf(open().save([]))
      expect(await rightOf(open().of([]))).to.deep.equal([])
    })
  })
}
