import { expect } from 'chai'
import { chance } from '../../adapters/main/sample/chance.ts'
import { found, seed } from './figures.ts'
import { killAround, type Killing } from './harness/killer.ts'
import { soak, type Soaked } from './harness/soak.ts'

const KILLS = Number(process.env['KILLS'] ?? 60)
/** A kill a second on average, and the time to start, to drain and to judge. */
const WITHIN_MS = 240_000 + KILLS * 2_000
const PAUSE_MS = [300, 1_500] as const
const SAY_EVERY = 10
/** Small batches: what comes again for the third time runs alone. */
const ENV = { DAISI_ACK_WAIT_SECONDS: '5', BATCH_MAX_ITEMS: '50' }
const COMPANIES = ['kill-a', 'kill-b', 'kill-c', 'kill-d'] as const

/** With fewer redeliveries the run would prove nothing (reliability, G2). */
const LEAST_REDELIVERY_FACTOR = 1.2

describe(`kill -9, ${KILLS} times, seed ${seed}`, () => {
  let soaked: Soaked<Killing>

  before(async function () {
    this.timeout(WITHIN_MS)
    soaked = await soak({ seed, companies: COMPANIES, rate: 80, env: ENV, quietWithinMs: 120_000 }, (cluster) =>
      killAround(cluster, chance(seed), { kills: KILLS, how: 'hard', pauseMs: PAUSE_MS, onKill: (kills) => {
        if (kills % SAY_EVERY === 0) process.stdout.write(`    ${kills} of ${KILLS} killed\n`)
      } }))
    const { verdict: { events, lost, appliedTwice, quietAfterMs }, redeliveryFactor, result } = soaked
    found('kills', { events, lost, appliedTwice, quietAfterMs, redeliveryFactor: Number(redeliveryFactor.toFixed(2)), ...result })
  })

  it('loses nothing, and applies nothing twice', () => {
    expect(soaked.verdict).to.include({ lost: 0, appliedTwice: 0 })
  })

  it('leaves everything as a fold of what was published says', () => {
    expect(soaked.verdict.problems).to.deep.equal([])
  })

  it('has had much delivered again', () => {
    expect(soaked.redeliveryFactor).to.be.greaterThan(LEAST_REDELIVERY_FACTOR)
  })
})
