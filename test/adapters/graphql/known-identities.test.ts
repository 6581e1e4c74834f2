import { expect } from 'chai'
import { knownIdentities } from '../../../adapters/inbound/graphql/known-identities.ts'
import type { CompanyId } from '../../../domain/company.ts'

const NOW = 1_750_000_000_000
const SECOND = 1_000

const opened = (expiresAtMs = NOW + 3_600 * SECOND) => {
  const verified: string[] = []
  let now = NOW
  const identify = knownIdentities(async (token) => {
    verified.push(token)
    if (token === 'bad') throw new Error('refused')
    return { identity: { companyId: token as CompanyId, scopes: new Set<string>(), subject: 's' }, expiresAtMs }
  }, () => now)
  return { verified, identify, wait: (seconds: number) => { now += seconds * SECOND } }
}

describe('a token that was verified', () => {
  it('is not verified again for half a minute, and then is', async () => {
    const { verified, identify, wait } = opened()
    expect((await identify('a')).companyId).to.equal('a')
    wait(29)
    expect((await identify('a')).companyId).to.equal('a')
    expect(verified).to.deep.equal(['a'])
    wait(1)
    await identify('a')
    expect(verified).to.deep.equal(['a', 'a'])
  })
  it('is verified again from its end on', async () => {
    const { verified, identify, wait } = opened(NOW + 10 * SECOND)
    await identify('a')
    wait(9)
    await identify('a')
    wait(1)
    await identify('a')
    expect(verified).to.deep.equal(['a', 'a'])
  })
  it('says nothing of another one', async () => {
    const { identify } = opened()
    expect((await identify('a')).companyId).to.equal('a')
    expect((await identify('b')).companyId).to.equal('b')
  })
  it('makes room for the newest; a refused one takes none', async () => {
    const { verified, identify } = opened()
    await identify('first')
    await Promise.allSettled(Array.from({ length: 3 }, () => identify('bad')))
    expect(verified).to.deep.equal(['first', 'bad', 'bad', 'bad'])
    for (let i = 0; i < 2_000; i += 1) await identify(`t${i}`)
    await identify('t1999')
    expect(verified).to.have.length(2_004)
    await identify('first')
    expect(verified.at(-1)).to.equal('first')
  })
})
