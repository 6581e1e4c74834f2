import { expect } from 'chai'
import { tokenBucket } from '../../../adapters/inbound/nats/token-bucket.ts'

describe('a limit per second', () => {
  const aBucket = () => {
    const clock = { now: 0 }
    return { clock, bucket: tokenBucket({ perSecond: 10, burst: 20 }, () => clock.now) }
  }
  it('lets a burst pass at once, then as much as comes in', () => {
    const { clock, bucket } = aBucket()
    bucket.spend(20)
    expect([bucket.left(), bucket.readyInMs()]).to.deep.equal([0, 100])
    clock.now = 500
    expect([bucket.left(), bucket.readyInMs()]).to.deep.equal([5, 0])
  })
  it('never holds more than the burst', () => {
    const { clock, bucket } = aBucket()
    clock.now = 3_600_000
    expect(bucket.left()).to.equal(20)
  })
  it('works off what was too much', () => {
    const { clock, bucket } = aBucket()
    bucket.spend(50)
    expect([bucket.left(), bucket.readyInMs()]).to.deep.equal([-30, 3_100])
    clock.now = 3_100
    expect([bucket.left(), bucket.readyInMs()]).to.deep.equal([1, 0])
  })
})
