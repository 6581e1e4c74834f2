import { Command } from 'commander'
import { setTimeout as sleep } from 'node:timers/promises'
import { printFigures, single } from '../bench/frame/figures.ts'
import { openCluster, TEST_KEY, type Cluster, type KeptService } from '../faults/harness/cluster.ts'
import { judgeCluster } from '../faults/harness/judge-cluster.ts'
import { startLoad, type Load } from '../faults/workload/load.ts'
import { planOf } from '../faults/workload/plan.ts'
import type { Seen } from '../rebuild/asker.ts'
import { latenciesIn, percentile, startAsking, type Window } from '../rebuild/asking.ts'
import { quiet } from '../rebuild/quiet.ts'
import { runDaisi } from '../support/run-daisi.ts'
import type { Role } from '../support/service-process.ts'
import { oldRelease, type OldRelease } from './old-release.ts'

/**
 * A program: `npm run test:upgrade`. The release before the newest migration works under load on its own schema; the schema is migrated
 * under it; processes of it are killed and start again on the new schema; this release works beside it, then alone (reliability G14).
 * Its last line is one JSON object.
 */
const [STILL, MOVING] = ['still', 'moving'] as const
const ROLES: ReadonlyArray<Role> = ['ingest', 'project', 'serve']
const [STILL_EVENTS, RATE, QUESTIONS_AT_A_TIME] = [100, 40, 1] as const
const PHASE_MS = 6_000
const QUIET_WITHIN_MS = 120_000
const FIRST_OF_STILL = 1_000_000

const migrateWith = async (databaseUrl: string, entry?: string): Promise<Window> => {
  const from = Date.now()
  const { code, out, err } = await runDaisi(['migrate'], { DATABASE_URL: databaseUrl }, '', entry)
  if (code !== 0) throw new Error(`daisi migrate ended with ${code}: ${out}${err}`)
  return { from, to: Date.now() }
}

const askAt = async (service: KeptService): Promise<() => Promise<Seen>> => {
  const { httpUrl: url } = await service.untilReady()
  return startAsking({ url, key: TEST_KEY, still: STILL, moving: MOVING, atATime: QUESTIONS_AT_A_TIME })
}

const addAll = (cluster: Cluster, release: string, entry?: string): Readonly<Record<Role, KeptService>> => {
  const [ingest, project, serve] = ROLES.map((role) => cluster.add(`${release} ${role}`, role, {}, entry))
  if (ingest === undefined || project === undefined || serve === undefined) throw new Error('a role is missing')
  return { ingest, project, serve }
}

/** Killed on the new schema, a process of the old release must come back. */
const crash = async (...services: ReadonlyArray<KeptService>): Promise<number> => {
  for (const service of services) {
    await service.kill('SIGKILL')
    await service.untilReady()
  }
  return services.length
}

interface Lived { readonly migrating: Window; readonly restarts: number; readonly seen: readonly [old: Seen, fresh: Seen] }

const live = async (cluster: Cluster, old: Readonly<Record<Role, KeptService>>): Promise<Lived> => {
  const stopAskingOld = await askAt(old.serve)
  await sleep(PHASE_MS)
  const migrating = await migrateWith(cluster.postgres.url)
  const restarts = await crash(old.ingest, old.project)
  await sleep(PHASE_MS)
  const fresh = addAll(cluster, 'new')
  const stopAskingNew = await askAt(fresh.serve)
  await Promise.all(ROLES.map((role) => fresh[role].untilReady()))
  await sleep(PHASE_MS)
  // as a load balancer does: no more questions before it is told to end
  const seenOld = await stopAskingOld()
  for (const role of ROLES) await old[role].end('SIGTERM')
  await sleep(PHASE_MS)
  return { migrating, restarts, seen: [seenOld, await stopAskingNew()] }
}

const figuresOf = async (cluster: Cluster, load: Load, { migrating, restarts, seen }: Lived) => {
  await load.stop()
  const services = cluster.services.filter(({ name }) => name.startsWith('new '))
  const untilReady = async (): Promise<void> => { await Promise.all(services.map((service) => service.untilReady())) }
  const verdict = await judgeCluster({ ...cluster, services, untilReady }, load, QUIET_WITHIN_MS)
  const sum = (what: 'failed' | 'empty' | 'differing' | 'backwards'): number => seen.reduce((total, one) => total + one[what], 0)
  for (const line of [...seen.flatMap(({ examples }) => examples), ...verdict.problems].slice(0, 20)) process.stdout.write(`${line}\n`)
  const during = latenciesIn(seen[0], [migrating])
  return {
    questions: seen[0].samples.length + seen[1].samples.length, failedRequests: sum('failed') + sum('empty'),
    differingReads: sum('differing'), readsOfThePast: sum('backwards'), refusedPublishes: load.retries(), restartsOnTheNewSchema: restarts,
    migratedInMs: migrating.to - migrating.from, slowestAnswerWhileMigratingMs: percentile(during, 100),
    events: verdict.events, lost: verdict.lost, appliedTwice: verdict.appliedTwice, problems: verdict.problems.length,
  }
}

const run = async ({ entry }: OldRelease, seed: number) => {
  const cluster = await openCluster({ migrate: (url) => migrateWith(url, entry) })
  try {
    const old = addAll(cluster, 'old', entry)
    await cluster.untilReady()
    const load = await startLoad({ natsUrl: cluster.nats.url, seed, companies: [MOVING], rate: RATE })
    try {
      const plan = planOf(seed + 1, [STILL])
      await load.publish([...plan.next(STILL_EVENTS), ...plan.rest()].map((publish, i) => ({ ...publish, id: FIRST_OF_STILL + i })))
      await quiet(cluster.postgres.url, STILL)
      return await figuresOf(cluster, load, await live(cluster, old))
    } finally {
      await load.stop()
      await load.close()
    }
  } finally {
    await cluster.stop()
  }
}

const NONE = ['failedRequests', 'differingReads', 'readsOfThePast', 'refusedPublishes', 'lost', 'appliedTwice', 'problems'] as const

const print = (figures: object, seed: number): void => { process.stdout.write(`${JSON.stringify({ suite: 'upgrade', figures, seed })}\n`) }

const program = new Command('upgrade')
  .description('the release before the newest migration and this one, side by side under load')
  .option('--seed <n>', 'seed of the events', process.env['SEED'] ?? '1')
  .action(async ({ seed: given }: { readonly seed: string }) => {
    const [seed, old] = [Number(given), oldRelease()]
    if (typeof old === 'string') {
      process.stdout.write(`not run: ${old}\n`)
      return print({ notRun: old }, seed)
    }
    const { commit, samePackages } = old
    const packages = samePackages ? 'the same packages' : 'other packages (package-lock.json differs), and runs with those of now'
    process.stdout.write(`the old release is ${commit}; it asks for ${packages}\n`)
    try {
      const figures = await run(old, seed)
      const met = printFigures('upgrade', [...NONE.map((what) => single(what, figures[what], { most: 0 })),
        single('questions', figures.questions, { least: 500 })])
      if (!met) process.exitCode = 1
      print({ oldCommit: commit, samePackages, ...figures }, seed)
    } finally {
      old.remove()
    }
  })

await program.parseAsync()
