import { expect } from 'chai'
import { setTimeout as sleep } from 'node:timers/promises'
import { chance } from '../../../adapters/main/sample/chance.ts'
import { couldNotRun, found, seed } from '../figures.ts'
import type { Cluster } from '../harness/cluster.ts'
import type { KeptServer } from '../harness/kept-servers.ts'
import { soak, type Soaked } from '../harness/soak.ts'
import { freeze } from './freeze.ts'
import { loopDisk, whyNoPowerCuts, type LoopDisk } from './loop-disk.ts'
import { lostByNats, lostByPostgres } from './unsafe-servers.ts'

/** Of each server. */
const CUTS = Number(process.env['CUTS'] ?? 2)
const WITHIN_MS = 120_000 + CUTS * 40_000
/** Load between two cuts: shortest, and how much longer at most. */
const [PAUSE_MS, UP_TO_MS] = [1_500, 2_000] as const

type Server = 'nats' | 'postgres'
type Disks = Readonly<Record<Server, LoopDisk>>

/** At one moment the server stops and its disk is cut off; then the power comes back. */
const cutPower = async (server: KeptServer, disk: LoopDisk): Promise<void> => {
  const thaw = freeze((await server.untilReady()).pid)
  disk.cutPower()
  const killed = server.hold('SIGKILL')
  thaw()
  await killed
  disk.restorePower()
  server.resume()
  await server.untilReady()
}

const cutAround = async (cluster: Cluster, disks: Disks): Promise<number> => {
  const random = chance(seed)
  for (let cut = 0; cut < CUTS * 2; cut += 1) {
    await sleep(PAUSE_MS + random.below(UP_TO_MS))
    const server = cut % 2 === 0 ? 'nats' : 'postgres'
    await cutPower(cluster[server], disks[server])
  }
  await sleep(PAUSE_MS)
  return CUTS * 2
}

const withDisks = async <A>(work: (disks: Disks) => Promise<A>): Promise<A> => {
  const disks = { nats: loopDisk(), postgres: loopDisk() }
  try {
    return await work(disks)
  } finally {
    disks.nats.dispose()
    disks.postgres.dispose()
  }
}

const problem = whyNoPowerCuts()
if (problem !== undefined) {
  describe('power cuts', () => {
    it('cannot be made on this machine: said and counted as not run', () => {
      process.stdout.write(`    not run: power cuts (${problem})\n`)
      couldNotRun('power cuts')
      expect(problem).not.to.equal('')
    })
  })
} else describe(`${CUTS} power cuts of each server under load, seed ${seed}`, () => {
  let soaked: Soaked<number>

  before(async function () {
    this.timeout(WITHIN_MS)
    soaked = await withDisks((disks) => soak({ seed, companies: ['power-a', 'power-b'], rate: 100, env: { DAISI_ACK_WAIT_SECONDS: '5' },
      quietWithinMs: 60_000, cluster: { natsFolder: disks.nats.path, postgresFolder: disks.postgres.path } },
    (cluster) => cutAround(cluster, disks)))
    const { verdict: { events, lost, appliedTwice }, result: cuts } = soaked
    found('power cuts', { events, lost, appliedTwice, cuts })
  })

  it('loses nothing, and applies nothing twice', () => {
    expect(soaked.verdict).to.deep.include({ lost: 0, appliedTwice: 0, problems: [] })
  })

  it('would lose what NATS acknowledged with its default of a sync every two minutes', async () => {
    const { acknowledged, lost } = await withDisks(({ nats }) => lostByNats(nats.path, (server) => cutPower(server, nats)))
    found('power cuts', { controlNats: { acknowledged, lost } })
    expect(lost).to.be.greaterThan(0)
  }).timeout(WITHIN_MS)

  it('would lose what PostgreSQL committed without waiting for its disk', async () => {
    const { acknowledged, lost } = await withDisks(({ postgres }) => lostByPostgres(postgres.path, (server) => cutPower(server, postgres)))
    found('power cuts', { controlPostgres: { acknowledged, lost } })
    expect(lost).to.be.greaterThan(0)
  }).timeout(WITHIN_MS)
})
