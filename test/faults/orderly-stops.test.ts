import { expect } from 'chai'
import { chance } from '../../adapters/main/sample/chance.ts'
import { freeze } from './environment/freeze.ts'
import { found, seed } from './figures.ts'
import { openCluster, type Cluster } from './harness/cluster.ts'
import type { Exit } from './harness/kept.ts'
import { killAround, type Killing } from './harness/killer.ts'
import { soak, type Soaked } from './harness/soak.ts'

const STOPS = 12
const PAUSE_MS = [100, 1_000] as const
const WITHIN_MS = 300_000
/** An orderly stop takes so long at most; then the process ends as a crash would (reliability, G18). */
const STOP_WITHIN_MS = 20_000
const TOLERANCE_MS = 4_000

const SERVICES = ['ingest-1', 'ingest-2', 'project', 'serve']

describe(`SIGTERM, ${STOPS} times, seed ${seed}`, () => {
  let soaked: Soaked<Killing & { readonly exits: ReadonlyArray<Exit> }>

  before(async function () {
    this.timeout(WITHIN_MS)
    const env = { DAISI_ACK_WAIT_SECONDS: '5' }
    soaked = await soak({ seed, companies: ['stop-a', 'stop-b'], rate: 80, env, quietWithinMs: 120_000 }, async (cluster) => {
      const killing = await killAround(cluster, chance(seed), { kills: STOPS, how: 'orderly', pauseMs: PAUSE_MS, onKill: () => undefined })
      return { ...killing, exits: [...cluster.exits] }
    })
    const { verdict: { events, lost, appliedTwice }, result: { perClass, slowestMs } } = soaked
    found('orderlyStops', { events, lost, appliedTwice, stops: STOPS, perClass, slowestMs })
  })

  it('loses nothing, and applies nothing twice', () => {
    expect(soaked.verdict).to.include({ lost: 0, appliedTwice: 0 })
  })
  it('leaves everything as a fold of what was published says', () => {
    expect(soaked.verdict.problems).to.deep.equal([])
  })
  it('ends each process of the service with exit code 0, in time', () => {
    expect(soaked.result.exits.filter(({ name, ending }) => SERVICES.includes(name) && ending !== '0')).to.deep.equal([])
    expect(soaked.result.slowestMs).to.be.lessThan(STOP_WITHIN_MS)
  })
})

describe('SIGTERM while PostgreSQL is frozen', function () {
  this.timeout(WITHIN_MS)
  let cluster: Cluster
  let thaw = (): void => undefined

  before(async () => {
    cluster = await openCluster()
    for (const name of ['patient', 'pressed']) cluster.add(name, 'ingest')
    await cluster.untilReady()
    thaw = freeze(cluster.postgres.current()?.pid ?? 0)
  })
  after(async () => {
    thaw()
    await cluster.stop()
  })

  const endOf = async (name: string, signals: ReadonlyArray<NodeJS.Signals>): Promise<number> => {
    const begun = Date.now()
    const service = cluster.services.find((one) => one.name === name)
    await Promise.all(signals.map((signal) => service?.hold(signal)))
    return Date.now() - begun
  }

  it('ends all the same, in the time of an orderly stop', async () => {
    expect(await endOf('patient', ['SIGTERM'])).to.be.lessThan(STOP_WITHIN_MS + TOLERANCE_MS)
  })
  it('ends at once by a second one', async () => {
    expect(await endOf('pressed', ['SIGTERM', 'SIGINT'])).to.be.lessThan(TOLERANCE_MS)
  })
})
