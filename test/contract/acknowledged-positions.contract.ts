import { expect } from 'chai'
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

    it('takes an empty list', async () => {
      await rightOf(open().save([]))
      expect(await rightOf(open().of([]))).to.deep.equal([])
    })
  })
}
