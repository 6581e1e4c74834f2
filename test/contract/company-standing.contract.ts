import { expect } from 'chai'
import type { Reached } from '../../application/ports/companies.ts'
import type { CompanyStanding } from '../../application/ports/company-standing.ts'
import type { CompanyId } from '../../domain/company.ts'
import { rightOf } from '../support/right-of.ts'

/** A registry of which the test decides who is suspended. */
export interface StandingSide {
  readonly standing: CompanyStanding
  readonly suspend: (companyId: CompanyId) => Promise<void>
  /** What ingest saves of a stream. */
  readonly save: (reached: Reached) => Promise<void>
}

const [acme, other, waiting] = ['acme' as CompanyId, 'other' as CompanyId, 'waiting' as CompanyId]

/** What every CompanyStanding promises. */
export const describeCompanyStanding = (adapter: string, open: () => Promise<StandingSide>): void => {
  describe(`CompanyStanding, ${adapter}`, () => {
    it('knows who is suspended, and tells nobody\'s standing to another', async () => {
      const { standing, suspend } = await open()
      await suspend(acme)
      expect([await rightOf(standing.isSuspended(acme)), await rightOf(standing.isSuspended(other))]).to.deep.equal([true, false])
    })

    it('knows since when events wait, by stream, until none does, and tells nobody\'s to another', async () => {
      const { standing, save } = await open()
      expect(await rightOf(standing.unprocessed(waiting))).to.deep.equal([])
      await save({ companyId: waiting, stream: 'HISTORY', sequence: 4, unprocessedSince: 1_750_650_042_500 })
      await save({ companyId: waiting, stream: 'REALTIME', sequence: 7, unprocessedSince: 1_750_650_041_000 })
      expect(await rightOf(standing.unprocessed(waiting))).to.deep.equal([
        { stream: 'HISTORY', since: 1_750_650_042_500 }, { stream: 'REALTIME', since: 1_750_650_041_000 }])
      expect(await rightOf(standing.unprocessed(other))).to.deep.equal([])
      await save({ companyId: waiting, stream: 'REALTIME', sequence: 7 })
      expect(await rightOf(standing.unprocessed(waiting))).to.deep.equal([{ stream: 'HISTORY', since: 1_750_650_042_500 }])
    })
  })
}
