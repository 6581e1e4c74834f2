import { expect } from 'chai'
import { setTimeout as sleep } from 'node:timers/promises'
import { freeze } from './environment/freeze.ts'
import { found, seed } from './figures.ts'
import { soak, type Soaked } from './harness/soak.ts'

const ACK_WAIT_SECONDS = 2
/** Longer than the broker waits and than PostgreSQL lets a transaction idle: what it held is done by the other one meanwhile. */
const FROZEN_MS = 12_000
const LIVELY_MS = 2_000
const WITHIN_MS = 240_000

describe(`a process that was taken for dead and comes back, seed ${seed}`, () => {
  let soaked: Soaked<void>

  before(async function () {
    this.timeout(WITHIN_MS)
    const env = { DAISI_ACK_WAIT_SECONDS: String(ACK_WAIT_SECONDS) }
    soaked = await soak({ seed, companies: ['zombie-a', 'zombie-b'], rate: 80, env, quietWithinMs: 120_000 }, async ({ services }) => {
      for (const name of ['ingest-1', 'project', 'ingest-2']) {
        await sleep(LIVELY_MS)
        const thaw = freeze((await services.find((service) => service.name === name)?.untilReady())?.pid ?? 0)
        await sleep(FROZEN_MS)
        thaw()
      }
    })
    const { verdict: { events, lost, appliedTwice }, redeliveryFactor } = soaked
    found('zombies', { events, lost, appliedTwice, redeliveryFactor: Number(redeliveryFactor.toFixed(2)) })
  })

  it('loses nothing, and applies nothing twice', () => {
    expect(soaked.verdict).to.include({ lost: 0, appliedTwice: 0 })
  })
  it('leaves everything as a fold of what was published says', () => {
    expect(soaked.verdict.problems).to.deep.equal([])
  })
  it('has had its work delivered again', () => {
    expect(soaked.redeliveryFactor).to.be.greaterThan(1)
  })
})
