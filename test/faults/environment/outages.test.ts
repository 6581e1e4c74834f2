import { expect } from 'chai'
import { setTimeout as sleep } from 'node:timers/promises'
import { found, seed } from '../figures.ts'
import type { Cluster } from '../harness/cluster.ts'
import { soak, type Soaked } from '../harness/soak.ts'
import type { Load } from '../workload/load.ts'
import { attemptsOf, msUntilApplied, msUntilPublished, msUntilShown } from './progress.ts'

const OUTAGE_MS = { postgres: Number(process.env['OUTAGE_SECONDS'] ?? 60) * 1_000, nats: 20_000 } as const
const EVENTS_A_SECOND = 200
/** Until the backlog is gone, by the outage's length (issue 3). */
const MOST_TIMES = 2
const WITHIN_MS = 420_000

/**
 * Until the server answers again; from then until publishers are heard again, until all that had been published by then is applied, and
 * until the read models show it.
 */
interface Outage { readonly backMs: number; readonly publishingMs: number; readonly drainedMs: number; readonly shownMs: number }

const stopFor = async (cluster: Cluster, load: Load, name: 'nats' | 'postgres'): Promise<Outage> => {
  const withinMs = OUTAGE_MS[name] * MOST_TIMES * 2
  await cluster[name].hold(name === 'postgres' ? 'SIGINT' : 'SIGTERM')
  await sleep(OUTAGE_MS[name])
  const resumedAt = performance.now()
  cluster[name].resume()
  await cluster[name].untilReady()
  const backMs = Math.round(performance.now() - resumedAt)
  const publishingMs = await msUntilPublished(load, EVENTS_A_SECOND, withinMs)
  const drainedMs = publishingMs + await msUntilApplied(cluster, withinMs)
  return { backMs, publishingMs, drainedMs, shownMs: drainedMs + await msUntilShown(cluster, withinMs) }
}

describe(`PostgreSQL stopped for ${OUTAGE_MS.postgres / 1_000} s, then NATS for ${OUTAGE_MS.nats / 1_000} s, at steady load, seed ${seed}`, () => {
  let soaked: Soaked<{ readonly postgres: Outage; readonly nats: Outage; readonly attempts: number }>

  before(async function () {
    this.timeout(WITHIN_MS)
    soaked = await soak({ seed, companies: ['out-a', 'out-b', 'out-c', 'out-d'], rate: EVENTS_A_SECOND, env: {}, quietWithinMs: 120_000 },
      async (cluster, load) => {
        await load.reached(EVENTS_A_SECOND * 2)
        const postgres = await stopFor(cluster, load, 'postgres')
        return { postgres, nats: await stopFor(cluster, load, 'nats'), attempts: await attemptsOf(cluster) }
      })
    const { verdict: { events, lost, appliedTwice }, result } = soaked
    found('outages', { events, lost, appliedTwice, outageMs: OUTAGE_MS, eventsASecond: EVENTS_A_SECOND, ...result })
  })

  for (const name of ['postgres', 'nats'] as const)
    it(`has worked off what waited for ${name} in at most twice the outage`, () => {
      expect(soaked.result[name].drainedMs).to.be.at.most(OUTAGE_MS[name] * MOST_TIMES)
    })

  it('loses nothing, applies nothing twice, and makes no dead letter of it', () => {
    expect(soaked.verdict).to.deep.include({ lost: 0, appliedTwice: 0, problems: [] })
  })

  it('counts no attempt for it', () => {
    expect(soaked.result.attempts).to.equal(0)
  })
})
