import { expect } from 'chai'
import type { CompanyStanding } from '../../application/ports/company-standing.ts'
import type { CompanyId } from '../../domain/company.ts'
import { rightOf } from '../support/right-of.ts'

/** A registry of which the test decides who is suspended. */
export interface StandingSide { readonly standing: CompanyStanding; readonly suspend: (companyId: CompanyId) => Promise<void> }

const [acme, other] = ['acme' as CompanyId, 'other' as CompanyId]

/** What every CompanyStanding promises. */
export const describeCompanyStanding = (adapter: string, open: () => Promise<StandingSide>): void => {
  describe(`CompanyStanding, ${adapter}`, () => {
    it('knows who is suspended, and tells nobody\'s standing to another', async () => {
      const { standing, suspend } = await open()
      await suspend(acme)
      expect([await rightOf(standing.isSuspended(acme)), await rightOf(standing.isSuspended(other))]).to.deep.equal([true, false])
    })
  })
}
