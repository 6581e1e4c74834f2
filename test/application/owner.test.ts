import { expect } from 'chai'
import { ownerOf } from '../../application/owner.ts'
import type { LiveProcess } from '../../application/ports/process-leases.ts'
import type { CompanyId } from '../../domain/company.ts'

const companies = Array.from({ length: 1_000 }, (_, i) => `company-${i}` as CompanyId)
const live = (...holders: ReadonlyArray<string>): ReadonlyArray<LiveProcess> => holders.map((holder) => ({ holder, companyIds: [] }))
const owners = (processes: ReadonlyArray<LiveProcess>) => companies.map((companyId) => ownerOf(companyId, processes))

describe('the owner of a company', () => {
  it('is nobody when nobody lives', () => expect(ownerOf('acme' as CompanyId, [])).to.equal(undefined))
  it('is the same whoever asks, in whatever order the processes are told', () =>
    expect(owners(live('a', 'b', 'c'))).to.deep.equal(owners(live('c', 'a', 'b'))))
  it('is each process for about as many', () => {
    const counts = Map.groupBy(owners(live('a', 'b', 'c', 'd')), (owner) => owner)
    for (const [, own] of counts) expect(own.length).to.be.within(180, 320)
  })
  it('changes for nobody but the companies of the process that goes', () => {
    const [before, after] = [owners(live('a', 'b', 'c')), owners(live('a', 'c'))]
    for (const [i, owner] of before.entries()) if (owner !== 'b') expect(after[i]).to.equal(owner)
  })
  it('is only a process that takes the company', () => {
    const [mine, other] = ['mine' as CompanyId, 'other' as CompanyId]
    const processes = [{ holder: 'a', companyIds: [mine] }, { holder: 'b', companyIds: [other] }]
    expect([mine, other, 'third'].map((companyId) => ownerOf(companyId, processes))).to.deep.equal(['a', 'b', undefined])
  })
})
