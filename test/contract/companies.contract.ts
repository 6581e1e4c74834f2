import { expect } from 'chai'
import type { Companies } from '../../application/ports/companies.ts'
import { aCompanyId } from '../support/a-company-id.ts'
import { rightOf } from '../support/right-of.ts'

/** What every Companies adapter promises. */
export const describeCompanies = (adapter: string, open: () => Companies): void => {
  describe(`Companies, ${adapter}`, () => {
    it('registers companies on first sight, active and with a share of 1', async () => {
      const [one, two] = [aCompanyId(), aCompanyId()]
      const registered = await rightOf(open().register([one, two]))
      expect([...registered]).to.have.deep.members([
        { companyId: one, status: 'active', weight: 1, limits: {} },
        { companyId: two, status: 'active', weight: 1, limits: {} }])
    })

    it('answers known and new companies alike, each once', async () => {
      const [known, fresh] = [aCompanyId(), aCompanyId()]
      await rightOf(open().register([known]))
      const ids = (await rightOf(open().register([known, fresh, known]))).map(({ companyId }) => companyId)
      expect(ids).to.have.members([known, fresh]).and.to.have.length(2)
    })

    it('lists all of them', async () => {
      const ids = [aCompanyId(), aCompanyId()]
      await rightOf(open().register(ids))
      expect((await rightOf(open().all())).map(({ companyId }) => companyId)).to.include.members(ids)
    })

    it('tells apart companies that differ in case only', async () => {
      const id = aCompanyId()
      const registered = await rightOf(open().register([id, id.toLowerCase() as typeof id]))
      expect(registered).to.have.length(2)
    })

    it('registers one company for two who see it at once', async () => {
      const id = aCompanyId()
      const both = await Promise.all([rightOf(open().register([id])), rightOf(open().register([id]))])
      expect(both.map((companies) => companies.length)).to.deep.equal([1, 1])
    })
  })
}
