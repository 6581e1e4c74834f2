import { expect } from 'chai'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ProcessLeases } from '../../application/ports/process-leases.ts'
import { aCompanyId } from '../support/a-company-id.ts'
import { rightOf } from '../support/right-of.ts'

const LONG = 600
const SHORT = 0.05

/** What every ProcessLeases adapter promises. */
export const describeProcessLeases = (adapter: string, open: () => ProcessLeases): void => {
  describe(`ProcessLeases, ${adapter}`, () => {
    const renew = (holder: string, seconds = LONG, companyIds: ReadonlyArray<ReturnType<typeof aCompanyId>> = []) =>
      rightOf(open().renew({ holder, companyIds }, seconds))
    const aHolder = (): string => `holder-${randomUUID()}`

    it('tells all that live, and which companies they take', async () => {
      const [one, two, companyId] = [aHolder(), aHolder(), aCompanyId()]
      await renew(one)
      const live = await renew(two, LONG, [companyId])
      expect(live).to.deep.include({ holder: one, companyIds: [] }).and.to.deep.include({ holder: two, companyIds: [companyId] })
    })
    it('tells a process once, however often it renews', async () => {
      const one = aHolder()
      await renew(one)
      expect((await renew(one)).filter(({ holder }) => holder === one)).to.have.length(1)
    })
    it('forgets a process whose lease has run out', async () => {
      const [one, two] = [aHolder(), aHolder()]
      await renew(one, SHORT)
      await sleep(SHORT * 2_000)
      expect((await renew(two)).map(({ holder }) => holder)).to.include(two).and.not.to.include(one)
    })
    it('forgets a process at once that says it ends', async () => {
      const [one, two] = [aHolder(), aHolder()]
      await renew(one)
      await rightOf(open().end(one))
      expect((await renew(two)).map(({ holder }) => holder)).not.to.include(one)
    })
  })
}
