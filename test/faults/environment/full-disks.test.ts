import { expect } from 'chai'
import { rmSync } from 'node:fs'
import { openFolder } from '../../support/embedded-servers.ts'
import { couldNotRun, found, seed } from '../figures.ts'
import type { Cluster, ClusterOptions } from '../harness/cluster.ts'
import { soak, type Soaked } from '../harness/soak.ts'
import type { Load } from '../workload/load.ts'
import { whyNoMounts } from './mounted-folder.ts'
import { restartWhenMute } from './mute-nats.ts'
import { postgresApart } from './postgres-apart.ts'
import { allWaitedFor, attemptsOf, isReady, msUntil, msUntilApplied, msUntilPublished } from './progress.ts'
import { smallDisk, type SmallDisk } from './small-disk.ts'

const FULL_MS = 8_000
/** A server writes on for a while into the space that its files have already. */
const FELT_WITHIN_MS = 60_000
const RESUMED_WITHIN_MS = 60_000
const WITHIN_MS = 240_000
const NATS_MEGABYTES = 64
const POSTGRES_MEGABYTES = 192

/**
 * While the disk was full, and for FULL_MS felt: publishes that had to be repeated, readiness of ingest. Then: until events flow again;
 * what it has cost.
 */
interface Full {
  readonly retries: number
  /** What ingest waited for, by the account of its processes. */
  readonly waitedFor: ReadonlyArray<string>
  readonly resumedMs: number
  readonly restarts: number
  readonly attempts: number
}

const fillFor = async (cluster: Cluster, load: Load, disk: SmallDisk, says: string): Promise<Full> => {
  const ingests = cluster.services.filter(({ role }) => role === 'ingest') // either may own the company
  await load.reached(200)
  const [retries, starts] = [load.retries(), cluster.nats.starts()]
  const watch = await restartWhenMute(cluster.nats)
  try {
    disk.fill()
    const waitedFor = await allWaitedFor(ingests, says, FULL_MS, FELT_WITHIN_MS)
    disk.free()
    const publishedMs = await msUntilPublished(load, 100, RESUMED_WITHIN_MS)
    const resumedMs = publishedMs + await msUntilApplied(cluster, RESUMED_WITHIN_MS)
    for (const ingest of ingests) await msUntil('ingest is ready', isReady(ingest), RESUMED_WITHIN_MS)
    return { retries: load.retries() - retries, waitedFor, resumedMs, restarts: cluster.nats.starts() - starts,
      attempts: await attemptsOf(cluster) }
  } finally {
    await watch.stop()
  }
}

const soakOn = (disk: SmallDisk, cluster: ClusterOptions, company: string, says: string): Promise<Soaked<Full>> =>
  soak({ seed, companies: [company], rate: 80, env: {}, quietWithinMs: 60_000, cluster }, (running, load) =>
    fillFor(running, load, disk, says))

const natsFull = async (says: string): Promise<Soaked<Full>> => {
  const disk = smallDisk(NATS_MEGABYTES)
  return soakOn(disk, { natsFolder: disk.path }, 'full-nats', says).finally(disk.dispose)
}

/** Its log is on another disk: one that is full ends the server, this one only its writes. */
const postgresFull = async (says: string): Promise<Soaked<Full>> => {
  const [disk, logFolder] = [smallDisk(POSTGRES_MEGABYTES), openFolder()]
  try {
    await postgresApart(disk.path, logFolder)
    return await soakOn(disk, { postgresFolder: disk.path }, 'full-postgres', says)
  } finally {
    disk.dispose()
    rmSync(logFolder, { recursive: true, force: true })
  }
}

const problem = whyNoMounts()
if (problem !== undefined) {
  describe('full disks', () => {
    it('cannot be made on this machine: said and counted as not run', () => {
      process.stdout.write(`    not run: full disks (${problem})\n`)
      couldNotRun('full disks')
      expect(problem).not.to.equal('')
    })
  })
} else for (const [what, run, says] of [
  ['the store of NATS', natsFull, 'nats_storage'], ['the data of PostgreSQL', postgresFull, 'pulling'],
] as const)
  describe(`a full disk for ${what}, for ${FULL_MS / 1_000} s under load, seed ${seed}`, () => {
    let soaked: Soaked<Full>

    before(async function () {
      this.timeout(WITHIN_MS)
      soaked = await run(says)
      const { verdict: { events, lost, appliedTwice, quietAfterMs }, result } = soaked
      found(`full disk: ${what}`, { events, lost, appliedTwice, quietAfterMs, fullMs: FULL_MS, ...result })
    })

    it('is felt', () => {
      expect(soaked.result.retries + soaked.result.waitedFor.length).to.be.greaterThan(0)
    })

    it('is told by what ingest says of itself', () => {
      expect(soaked.result.waitedFor).to.include(says)
    })

    it('loses nothing, applies nothing twice, and makes no dead letter of it', () => {
      expect(soaked.verdict).to.deep.include({ lost: 0, appliedTwice: 0, problems: [] })
    })

    it('counts no attempt for it', () => {
      expect(soaked.result.attempts).to.equal(0)
    })
  })
