import { expect } from 'chai'
import { growingPage } from '../../adapters/main/growing-page.ts'

describe('the page of a follower', () => {
  it('begins small and doubles with each step that goes well, up to the most', async () => {
    const inPage = growingPage(100)
    const sizes: number[] = []
    for (let i = 0; i < 5; i += 1) await inPage(async (size) => { sizes.push(size) })
    expect(sizes).to.deep.equal([16, 32, 64, 100, 100])
  })
  it('begins small again after a step that failed: it may have been too much', async () => {
    const inPage = growingPage(100)
    for (let i = 0; i < 5; i += 1) await inPage(() => Promise.resolve())
    await inPage(() => Promise.reject(new Error('canceling statement due to statement timeout'))).catch(() => undefined)
    expect(await inPage((size) => Promise.resolve(size))).to.equal(16)
  })
  it('is never larger than the most', async () => {
    expect(await growingPage(3)((size) => Promise.resolve(size))).to.equal(3)
  })
})
