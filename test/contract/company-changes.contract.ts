import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { changeCompany, type ChangeCompany } from '../../application/commands/change-company.ts'
import type { Company } from '../../application/ports/companies.ts'
import type { CompanyId } from '../../domain/company.ts'
import { aCompanyId } from '../support/a-company-id.ts'
import type { OpenOperators } from '../support/operators.ts'
import { rightOf } from '../support/right-of.ts'

const BY = 'cli:test'

/** What every adapter promises of the registry in operators' hands: the change and its line in the audit are one. */
export const describeCompanyChanges = (adapter: string, open: () => OpenOperators): void => {
  describe(`CompanyDirectory and changes of companies, ${adapter}`, () => {
    const change = (companyId: CompanyId, action: ChangeCompany['action'], what: ChangeCompany['change']) =>
      changeCompany(open().desk)({ companyId, actor: BY, action, change: what })
    const stored = async (companyId: CompanyId): Promise<Company | undefined> => (await rightOf(open().directory(companyId).all()))[0]
    const audited = async (companyId: CompanyId) =>
      (await rightOf(open().trail(companyId).page({ from: 'start', size: 10 }))).rows
        .map(({ action, target, outcome, details }) => ({ action, target, outcome, details }))
    const aCompany = async (): Promise<CompanyId> => {
      const companyId = aCompanyId()
      await open().company(companyId, 'active')
      return companyId
    }

    it('changes what is named and nothing else, and writes it down', async () => {
      const [companyId, other] = [await aCompany(), await aCompany()]
      await rightOf(change(companyId, 'weight', { weight: 3 }))
      const answered = await rightOf(change(companyId, 'suspend', { status: 'suspended' }))
      expect(answered).to.deep.equal({ companyId, status: 'suspended', weight: 3, limits: {} })
      expect(await stored(companyId)).to.deep.equal(answered)
      expect(await stored(other)).to.deep.include({ status: 'active', weight: 1 })
      const target = `company:${companyId}`
      expect(await audited(companyId)).to.deep.equal([
        { action: 'suspend', target, outcome: 'done', details: { status: 'suspended' } },
        { action: 'weight', target, outcome: 'done', details: { weight: 3 } }])
    })

    it('sets and clears the limit of one class without touching the other’s', async () => {
      const companyId = await aCompany()
      const [realtime, history] = [{ perSecond: 500, burst: 1_000 }, { perSecond: 200, burst: 200 }]
      await rightOf(change(companyId, 'limit', { limits: { realtime, history } }))
      expect((await stored(companyId))?.limits).to.deep.equal({ realtime, history })
      await rightOf(change(companyId, 'limit', { limits: { realtime: 'none' } }))
      expect((await stored(companyId))?.limits).to.deep.equal({ history })
    })

    it('refuses an unknown company and writes that down', async () => {
      const companyId = aCompanyId()
      const refused = await change(companyId, 'weight', { weight: 2 })()
      expect(E.isLeft(refused) && refused.left).to.deep.include({ type: 'Refusal', code: 'not_found' })
      expect(await stored(companyId)).to.equal(undefined)
      expect(await audited(companyId)).to.deep.equal([
        { action: 'weight', target: `company:${companyId}`, outcome: 'not_found', details: { weight: 2 } }])
    })

    it('keeps the changes of two operators at once', async () => {
      const companyId = await aCompany()
      const changes = [change(companyId, 'weight', { weight: 7 }), change(companyId, 'suspend', { status: 'suspended' })]
      await Promise.all(changes.map((one) => rightOf(one)))
      expect(await stored(companyId)).to.deep.include({ status: 'suspended', weight: 7 })
    })

    it('lists all, or those of the scope', async () => {
      const [one, two] = [await aCompany(), await aCompany()]
      expect((await rightOf(open().directory().all())).map(({ companyId }) => companyId)).to.include.members([one, two])
      expect((await rightOf(open().directory(one).all())).map(({ companyId }) => companyId)).to.deep.equal([one])
    })
  })
}
