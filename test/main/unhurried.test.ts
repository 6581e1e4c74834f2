import { expect } from 'chai'
import { unhurried } from '../../adapters/main/unhurried.ts'

describe('a follower that is not to hurry', () => {
  /** How long it rested after a look that took so many ms. */
  const restsAfter = async (found: { readonly facts: number; readonly more: boolean }, tookMs: number): Promise<ReadonlyArray<number>> => {
    const rests: number[] = []
    let nowMs = 0
    const looking = async () => {
      nowMs += tookMs
      return found
    }
    const look = unhurried(looking, async (ms) => { rests.push(ms) }, () => nowMs)
    expect(await look()).to.equal(found)
    return rests
  }

  it('rests three times as long as it has looked', async () => {
    expect(await restsAfter({ facts: 1, more: true }, 10)).to.deep.equal([30])
  })
  it('rests longest where all that it read was of no use to it', async () => {
    expect(await restsAfter({ facts: 0, more: true }, 0)).to.deep.equal([100])
  })
  it('never rests longer than a tenth of a second', async () => {
    expect(await restsAfter({ facts: 1, more: true }, 50)).to.deep.equal([100])
  })
  it('goes on at once where it has fallen behind', async () => {
    expect(await restsAfter({ facts: 256, more: true }, 0)).to.deep.equal([])
  })
  it('leaves it to others to wake it where there was nothing', async () => {
    expect(await restsAfter({ facts: 0, more: false }, 0)).to.deep.equal([])
  })
})
