import { Command } from 'commander'
import { quantile } from '../bench/median.ts'
import { printFigures, single } from '../bench/frame/figures.ts'
import { openCluster, type Cluster } from '../faults/harness/cluster.ts'
import { judgeCluster } from '../faults/harness/judge-cluster.ts'
import { startLoad, type Load } from '../faults/workload/load.ts'
import { planOf } from '../faults/workload/plan.ts'
import { latenciesIn } from '../rebuild/asking.ts'
import { quiet } from '../rebuild/quiet.ts'
import { say } from '../support/say.ts'
import { migrateWith } from './migrating.ts'
import { oldRelease, type OldRelease } from './old-release.ts'
import { addAll, MOVING, sideBySide, STILL, type Lived } from './side-by-side.ts'

/**
 * A program: `npm run test:upgrade`. The last release that lacks the newest migration and that upgrades from are promised for works under
 * load on its own schema; the schema is migrated under it, the migrator killed on the way; processes of it start again on the schema that
 * is one migration newer; this release works beside it, then alone (reliability G14). Its last line is one JSON object.
 */
const [STILL_EVENTS, RATE] = [100, 40] as const
const QUIET_WITHIN_MS = 90_000
const FIRST_OF_STILL = 1_000_000
const MOST_LINES = 20

const figuresOf = async (cluster: Cluster, load: Load, { migrating, startsOnTheNewSchema, migratorKills, logHeldMs, seen }: Lived) => {
  await load.stop()
  say('the oracle judges what is stored')
  const services = cluster.services.filter(({ name }) => name.startsWith('new '))
  const untilReady = async (): Promise<void> => { await Promise.all(services.map((service) => service.untilReady())) }
  const verdict = await judgeCluster({ ...cluster, services, untilReady }, load, QUIET_WITHIN_MS)
  const sum = (what: 'failed' | 'empty' | 'differing' | 'backwards'): number => seen.reduce((total, one) => total + one[what], 0)
  for (const line of [...seen.flatMap(({ examples }) => examples), ...verdict.problems].slice(0, MOST_LINES)) say(line)
  const during = seen.flatMap((one) => latenciesIn(one, [migrating])).sort((a, b) => a - b)
  return {
    questions: seen.reduce((total, { samples }) => total + samples.length, 0), failedRequests: sum('failed'), emptyReads: sum('empty'),
    differingReads: sum('differing'), readsOfThePast: sum('backwards'), refusedPublishes: load.retries(), startsOnTheNewSchema,
    migratorKills, logHeldMs, slowestAnswerWhileMigratingMs: Math.round(quantile(during, 1)),
    events: verdict.events, lost: verdict.lost, appliedTwice: verdict.appliedTwice, problems: verdict.problems.length,
  }
}

const run = async ({ entry, missing }: OldRelease, seed: number) => {
  const cluster = await openCluster({ migrate: (url) => migrateWith(url, entry) })
  try {
    const old = addAll(cluster, 'old', entry)
    await cluster.untilReady()
    const load = await startLoad({ natsUrl: cluster.nats.url, seed, companies: [MOVING], rate: RATE })
    try {
      const plan = planOf(seed + 1, [STILL])
      await load.publish([...plan.next(STILL_EVENTS), ...plan.rest()].map((publish, i) => ({ ...publish, id: FIRST_OF_STILL + i })))
      await quiet(cluster.postgres.url, STILL)
      say('the old release works alone')
      return await figuresOf(cluster, load, await sideBySide(cluster, old, entry, missing))
    } finally {
      await load.stop()
      await load.close()
    }
  } finally {
    await cluster.stop()
  }
}

const oldReleaseOrReason = (): OldRelease | string => {
  try {
    return oldRelease()
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause)
  }
}

const NONE = ['failedRequests', 'emptyReads', 'differingReads', 'readsOfThePast', 'refusedPublishes', 'lost', 'appliedTwice',
  'problems'] as const
/** Ingest, project and a serve. */
const STARTS = 3

const judgeFigures = (figures: Awaited<ReturnType<typeof run>>): void => {
  const met = printFigures('upgrade', [...NONE.map((what) => single(what, figures[what], { most: 0 })),
    single('questions', figures.questions, { least: 500 }), single('startsOnTheNewSchema', figures.startsOnTheNewSchema, { least: STARTS }),
    single('events', figures.events, { least: 500 })])
  if (!met) process.exitCode = 1
}

const program = new Command('upgrade')
  .description('the release before the newest migration and this one, side by side under load')
  .option('--seed <n>', 'seed of the events', process.env['SEED'] ?? '1')
  .option('--where-possible', 'say so and end well where the history that it needs is not there')
  .action(async ({ seed: given, wherePossible }: { readonly seed: string; readonly wherePossible?: true }) => {
    const [seed, old] = [Number(given), wherePossible === true ? oldReleaseOrReason() : oldRelease()]
    if (typeof old === 'string') return say(`not run: ${old}`)
    const { commit, samePackages, missing } = old
    const packages = samePackages ? 'the same packages' : 'other packages (package-lock.json differs), and runs with those of now'
    say(`the old release is ${commit}; it lacks ${missing.join(', ')} and asks for ${packages}`)
    try {
      const figures = await run(old, seed)
      judgeFigures(figures)
      const seconds = Math.round(performance.now() / 1_000)
      const all = { oldCommit: commit, migrations: missing.length, samePackages, ...figures, seconds }
      process.stdout.write(`${JSON.stringify({ suite: 'upgrade', figures: all, seed })}\n`)
    } finally {
      old.remove()
    }
  })

await program.parseAsync().catch((cause: unknown) => {
  process.stderr.write(`test:upgrade: ${cause instanceof Error ? cause.stack ?? cause.message : String(cause)}\n`)
  process.exit(1)
})
