import { expect } from 'chai'
import { latencies } from '../../../adapters/main/load/latencies.ts'

const at = (seq: number) => ({ epoch: 0, xid: 1, seq })
const fact = (sequence: number, seq: number) => ({ stream: 'S', sequence, position: at(seq) })

describe('the latencies of a load', () => {
  it('run from the publish to the last fact and to when all projections show it', () => {
    const seen = latencies()
    seen.published('S', 1, 100)
    seen.committed([fact(1, 5)], 140)
    seen.committed([fact(1, 6)], 150)
    seen.readable(at(5), 170)
    expect(seen.figures()).to.include({ committed: 1, readable: 0 })
    seen.readable(at(6), 200)
    const { toCommit, toReadable, readable } = seen.figures()
    expect(readable).to.equal(1)
    expect(toCommit.max).to.be.closeTo(50, 0.1)
    expect(toReadable.max).to.be.closeTo(100, 0.1)
  })
  it('know an event whose fact was seen before the broker had answered', () => {
    const seen = latencies()
    seen.committed([fact(1, 5)], 140)
    seen.readable(at(5), 150)
    seen.published('S', 1, 100)
    seen.readable(at(5), 160)
    expect(seen.figures()).to.deep.include({ committed: 1, readable: 1 })
    expect(seen.figures().toCommit.max).to.be.closeTo(40, 0.1)
  })
  it('are of what was published only, and of each once', () => {
    const seen = latencies()
    seen.published('S', 1, 100)
    seen.committed([fact(2, 4), fact(1, 5)], 110)
    seen.readable(at(9), 120)
    seen.committed([fact(1, 10)], 130)
    seen.readable(at(10), 140)
    expect(seen.figures()).to.include({ committed: 1, readable: 1, unwatched: 0 })
  })
  it('tell how long a commit took that is never readable', () => {
    const seen = latencies()
    seen.published('S', 1, 100)
    seen.committed([fact(1, 5)], 140)
    seen.end()
    expect(seen.figures()).to.deep.include({ committed: 1, readable: 0 })
    expect(seen.figures().toCommit.max).to.be.closeTo(40, 0.1)
    expect(seen.figures().toReadable.count).to.equal(0)
  })
  it('have percentiles', () => {
    const seen = latencies()
    for (let i = 1; i <= 1_000; i += 1) {
      seen.published('S', i, 0)
      seen.committed([fact(i, i)], i)
      seen.readable(at(i), 2 * i)
    }
    const { toCommit, toReadable } = seen.figures()
    expect(toCommit.p50).to.be.closeTo(500, 2)
    expect(toCommit.p90).to.be.closeTo(900, 2)
    expect(toReadable.p99).to.be.closeTo(1_980, 4)
    expect(toCommit.count).to.equal(1_000)
    expect(latencies().figures().toCommit).to.deep.equal({ count: 0, p50: 0, p90: 0, p99: 0, max: 0 })
  })
  it('watch a bounded number at a time, and count the rest', () => {
    const seen = latencies()
    for (let i = 1; i <= 100_005; i += 1) seen.published('S', i, 0)
    expect(seen.figures().unwatched).to.equal(5)
  })
})
