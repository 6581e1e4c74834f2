import { expect } from 'chai'
import { rmSync } from 'node:fs'
import { Client } from 'pg'
import type { EmbeddedServer } from '../../adapters/main/embedded/embedded-server.ts'
import type { Examined } from '../../adapters/main/doctor/check.ts'
import { openCluster, TEST_KEY, type Cluster } from '../faults/harness/cluster.ts'
import { letHoursPass } from '../faults/harness/hours.ts'
import { judge, type Verdict } from '../faults/oracle/judge.ts'
import { CANARY } from '../faults/workload/bodies.ts'
import { startLoad, type Load } from '../faults/workload/load.ts'
import { doctor, findingsOf } from '../support/a-doctor.ts'
import { openFolder } from '../support/embedded-servers.ts'
import { spawnService, type Environment, type Role } from '../support/service-process.ts'
import { BACKUPS, type BackupKind } from './backups.ts'

const WITHIN_MS = 300_000
const COMPANIES = ['restore-a', 'restore-b', 'restore-c'] as const
const ROLES: ReadonlyArray<Role> = ['ingest', 'project', 'serve']
const RATE = 60
/** Publishes before the backup, before the loss of the cluster, and while there is no database. */
const [BACKED_UP, LOST, WAITING] = [600, 1_000, 1_200]
/** A cluster begins with some hundred transactions: the lost one is to be far ahead of a fresh one. */
const MORE_TRANSACTIONS = 5_000
const QUIET_WITHIN_MS = 120_000

const ageTransactions = async (url: string): Promise<void> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(`do $$ begin for i in 1..${MORE_TRANSACTIONS} loop perform pg_current_xact_id(); commit; end loop; end $$`)
  await client.end()
}

interface Drilled {
  /** What ingest says when it is started too early; undefined where it may start. */
  readonly tooEarly: string | undefined
  readonly dry: ReadonlyMap<string, Examined>
  readonly mended: ReadonlyMap<string, Examined>
  readonly again: ReadonlyMap<string, Examined>
  readonly verdict: Verdict
}

const judged = async (cluster: Cluster, restored: string, load: Load): Promise<Verdict> => {
  const serve = await cluster.services.find(({ name }) => name === 'serve again')?.untilReady()
  const stopTime = await letHoursPass(restored)
  return judge({ natsUrl: cluster.nats.url, databaseUrl: restored, entries: load.entries(), exits: cluster.exits, canary: CANARY,
    logs: cluster.services.map((service) => service.log()), quietWithinMs: QUIET_WITHIN_MS,
    api: { url: serve?.httpUrl ?? '', jwtKey: TEST_KEY } }).finally(stopTime)
}

interface Restored extends Pick<BackupKind, 'startsAnew'> { readonly server: EmbeddedServer }

/** The cluster is lost for good; what has been published meanwhile is in the streams. */
const lose = async (cluster: Cluster): Promise<void> => {
  await Promise.all(cluster.services.map((service) => service.end('SIGTERM')))
  await cluster.postgres.end('SIGKILL')
}

const startTooEarly = async (env: Environment): Promise<string> => {
  const ingest = await spawnService('ingest', env)
  return `${await ingest.ended}: ${ingest.log()}`
}

const goOn = async (cluster: Cluster, { server, startsAnew }: Restored, load: Load): Promise<Drilled> => {
  const env: Environment = { DATABASE_URL: server.url, NATS_URL: cluster.nats.url }
  const tooEarly = startsAnew ? await startTooEarly(env) : undefined
  const dry = findingsOf(await doctor(env, '--after-restore', '--dry-run', '--json'))
  const mended = findingsOf(await doctor(env, '--after-restore', '--json'))
  const again = findingsOf(await doctor(env, '--after-restore', '--dry-run', '--json'))
  const services = ROLES.map((role) => cluster.add(`${role} again`, role, env))
  await Promise.all(services.map((service) => service.untilReady()))
  await load.stop()
  return { tooEarly, dry, mended, again, verdict: await judged(cluster, server.url, load) }
}

const drill = async ({ take, restore, startsAnew }: BackupKind, folder: string): Promise<Drilled> => {
  const cluster = await openCluster()
  let server: EmbeddedServer | undefined
  try {
    for (const role of ROLES) cluster.add(role, role)
    await Promise.all([cluster.untilReady(), ageTransactions(cluster.postgres.url)])
    const load = await startLoad({ natsUrl: cluster.nats.url, seed: 7, companies: COMPANIES, rate: RATE })
    try {
      await load.reached(BACKED_UP)
      await take(cluster.postgres.url, folder)
      await load.reached(LOST)
      await lose(cluster)
      server = await restore(folder)
      await load.reached(WAITING)
      return await goOn(cluster, { server, startsAnew }, load)
    } finally {
      await load.stop()
      await load.close()
    }
  } finally {
    await cluster.stop()
    await server?.stop()
  }
}

const statesOf = (findings: ReadonlyMap<string, Examined>, ...names: ReadonlyArray<string>): ReadonlyArray<string | undefined> =>
  names.map((name) => findings.get(name)?.state)

const ORIGIN_OF_LOG = 'postgresql origin of the log'
const DURABLES = 'nats durables after the restore'

for (const backup of BACKUPS)
  describe(`${backup.name}, taken and restored into a fresh cluster under load`, function () {
    this.timeout(WITHIN_MS)
    const folder = openFolder()
    let drilled: Drilled
    before(async () => { drilled = await drill(backup, folder) })
    after(() => { rmSync(folder, { recursive: true, force: true }) })

    it('says what the backup cannot know, and changes nothing when it only looks', () => {
      expect(statesOf(drilled.dry, ORIGIN_OF_LOG, DURABLES)).to.deep.equal([backup.startsAnew ? 'bad' : 'ok', 'bad'])
      expect(drilled.dry.get(DURABLES)?.says).to.contain('events that this backup does not hold')
      if (backup.startsAnew) expect(drilled.dry.get(ORIGIN_OF_LOG)?.says).to.contain('another cluster has written the log')
    })
    it('lets nothing start before, where that would do harm', () => {
      if (backup.startsAnew) expect(drilled.tooEarly).to.match(/^78: /).and.to.contain('daisi doctor --after-restore')
      else expect(drilled.tooEarly).to.equal(undefined)
    })
    it('puts it right once, and then finds nothing more', () => {
      expect([...drilled.mended.values(), ...drilled.again.values()].filter(({ state }) => state === 'bad')).to.deep.equal([])
      expect(drilled.mended.get(ORIGIN_OF_LOG)?.says).to.contain(backup.startsAnew ? 'the epoch is 2 now' : 'epoch 1')
      expect(drilled.again.get(ORIGIN_OF_LOG)?.says).to.contain('this cluster goes on')
      expect(drilled.again.get(DURABLES)?.says).to.equal('none was given more than is stored')
    })
    it('loses nothing, skips nothing and applies nothing twice', () => {
      expect(drilled.verdict).to.include({ lost: 0, appliedTwice: 0 })
      expect(drilled.verdict.problems).to.deep.equal([])
      expect(drilled.verdict.events).to.be.greaterThan(WAITING)
    })
  })
