import { expect } from 'chai'
import { atMost } from '../../../adapters/inbound/nats/at-most.ts'
import { maxPending } from '../../../adapters/inbound/nats/memory-budget.ts'
import { seldom } from '../../../adapters/inbound/nats/seldom.ts'
import { HISTORY, REALTIME } from '../../../domain/clock.ts'

const nextTick = () => new Promise((resolve) => { setImmediate(resolve) })

describe('work by turns', () => {
  it('never runs more than it may at a time, and runs all of it, though some fails', async () => {
    const turns = atMost(3)
    let running = 0
    let most = 0
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => turns(async () => {
      running += 1
      most = Math.max(most, running)
      await nextTick()
      running -= 1
      if (i % 5 === 0) throw new Error('failed')
      return i
    })))
    expect([most, running]).to.deep.equal([3, 0])
    expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(16)
  })
})

describe('what is said seldom', () => {
  it('is said again only after a while, and each thing for itself', () => {
    let now = 0
    const said: string[] = []
    const say = seldom((what) => { said.push(what) }, 1_000, () => now)
    for (const [at, what] of [[0, 'a'], [10, 'a'], [20, 'b'], [999, 'a'], [1_000, 'a'], [1_500, 'a']] as const) {
      now = at
      say(what)
    }
    expect(said).to.deep.equal(['a', 'b', 'a'])
  })
})

describe('the memory budget', () => {
  it('is shared by the companies, within bounds', () => {
    expect([1, 10, 100, 5_000].map((companies) => maxPending(REALTIME, companies))).to.deep.equal([2_000, 400, 40, 20])
    expect([1, 64, 5_000].map((companies) => maxPending(HISTORY, companies))).to.deep.equal([8, 2, 1])
  })
})
