import { expect } from 'chai'
import { setTimeout as sleep } from 'node:timers/promises'
import { found, seed } from '../figures.ts'
import type { Cluster } from '../harness/cluster.ts'
import { soak, type Soaked } from '../harness/soak.ts'
import { freeze } from './freeze.ts'
import { isReady, msUntil, msUntilApplied } from './progress.ts'

const FROZEN_MS = Number(process.env['FREEZE_SECONDS'] ?? 20) * 1_000
/** Reliability G5. */
const NOTICED_WITHIN_MS = 10_000
const RESUMED_WITHIN_MS = 15_000
const WITHIN_MS = 240_000

/** From the freeze until ingest calls itself not ready; from the thaw until it is ready and has applied what was published. */
interface Frozen { readonly noticedMs: number; readonly resumedMs: number }

const freezeFor = async (cluster: Cluster, name: 'nats' | 'postgres'): Promise<Frozen> => {
  const [ingest] = cluster.services
  const server = cluster[name].current()
  if (ingest === undefined || server === undefined) throw new Error(`${name} does not run`)
  const [thaw, over] = [freeze(server.pid), sleep(FROZEN_MS)]
  try {
    const noticedMs = await msUntil(`ingest notices the frozen ${name}`, async () => !await isReady(ingest)(), FROZEN_MS)
    await over
    thaw()
    const readyMs = await msUntil(`ingest is ready after the thaw of ${name}`, isReady(ingest), RESUMED_WITHIN_MS * 2)
    return { noticedMs, resumedMs: readyMs + await msUntilApplied(cluster, RESUMED_WITHIN_MS * 2) }
  } finally {
    thaw()
  }
}

describe(`servers frozen for ${FROZEN_MS / 1_000} s under load, seed ${seed}`, () => {
  let soaked: Soaked<{ readonly nats: Frozen; readonly postgres: Frozen }>

  before(async function () {
    this.timeout(WITHIN_MS)
    soaked = await soak({ seed, companies: ['frost-a', 'frost-b'], rate: 60, env: {}, quietWithinMs: 60_000 }, async (cluster, load) => {
      await load.reached(200)
      return { nats: await freezeFor(cluster, 'nats'), postgres: await freezeFor(cluster, 'postgres') }
    })
    const { verdict: { events, lost, appliedTwice }, result } = soaked
    found('freezes', { events, lost, appliedTwice, frozenMs: FROZEN_MS, ...result })
  })

  for (const name of ['nats', 'postgres'] as const)
    it(`notices a frozen ${name} in time, and works again soon after the thaw`, () => {
      expect(soaked.result[name].noticedMs).to.be.at.most(NOTICED_WITHIN_MS)
      expect(soaked.result[name].resumedMs).to.be.at.most(RESUMED_WITHIN_MS)
    })

  it('loses nothing, applies nothing twice, and makes no dead letter of it', () => {
    expect(soaked.verdict).to.deep.include({ lost: 0, appliedTwice: 0, problems: [] })
  })
})
