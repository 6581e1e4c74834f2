import { Command } from 'commander'
import { setTimeout as sleep } from 'node:timers/promises'
import { groups } from '../../application/jobs/rebuild/groups.ts'
import { printFigures, single } from '../bench/frame/figures.ts'
import { openCluster, TEST_KEY, type Cluster } from '../faults/harness/cluster.ts'
import { judgeCluster } from '../faults/harness/judge-cluster.ts'
import type { Verdict } from '../faults/oracle/judge.ts'
import { startLoad, type Load } from '../faults/workload/load.ts'
import { planOf, type Publish } from '../faults/workload/plan.ts'
import { quiet } from './quiet.ts'
import { latenciesIn, percentile, startAsking, type Window } from './asking.ts'
import { killRebuild, runRebuild, type Rebuilt } from './rebuilding.ts'
import type { Seen } from './asker.ts'

/**
 * A program: `npm run test:rebuild`. Ingest, project and serve as processes, under load, and a loop of questions that never stops, while
 * every read model is built anew, switched and taken back; one rebuild is killed halfway. Its last line is one JSON object.
 */
const [STILL, MOVING, OTHERS] = ['still', 'moving', ['other-a', 'other-b']] as const
const RATE = 40
const QUESTIONS_AT_A_TIME = 2
const STEADY_MS = 10_000
const PAUSE_MS = 1_500
/** Around a switch: from when projections are held until caches are warm again. */
const [BEFORE_MS, AFTER_MS] = [200, 1_300]
const QUIET_WITHIN_MS = 120_000
const MOST_RATIO = 1.5

/** Events of companies of their own, with numbers that the load does not use. */
const history = (seed: number, companies: readonly [string, ...string[]], count: number, from: number): ReadonlyArray<Publish> => {
  const plan = planOf(seed, companies)
  return [...plan.next(count), ...plan.rest()].map((publish, i) => ({ ...publish, id: from + i }))
}

const CHUNK = 100

const publishAll = async (load: Load, events: ReadonlyArray<Publish>): Promise<void> => {
  for (let i = 0; i < events.length; i += CHUNK) await load.publish(events.slice(i, i + CHUNK))
}

interface Measured {
  readonly rebuilt: ReadonlyArray<Rebuilt>
  readonly steady: Window
  readonly building: ReadonlyArray<Window>
  /** Facts that the killed rebuild had behind it. */
  readonly resumedAt: number
}

const rebuildAll = async (databaseUrl: string): Promise<Measured> => {
  const steady = { from: Date.now(), to: Date.now() + STEADY_MS }
  await sleep(STEADY_MS)
  const resumedAt = await killRebuild(databaseUrl, 'message_timeline')
  const [rebuilt, building]: [Rebuilt[], Window[]] = [[], []]
  for (const args of [[], ['--back']])
    for (const [name] of groups) {
      const from = Date.now()
      rebuilt.push(await runRebuild(databaseUrl, name, '--sample', '100', ...args))
      building.push({ from, to: Date.now() })
      await sleep(PAUSE_MS)
    }
  for (const [name] of groups) await runRebuild(databaseUrl, name, '--drop')
  return { rebuilt, steady, building, resumedAt }
}

const sum = (values: ReadonlyArray<number>): number => values.reduce((total, value) => total + value, 0)
const most = (values: ReadonlyArray<number>): number => Number(Math.max(...values).toFixed(1))

const figuresOf = ({ rebuilt, steady, building, resumedAt }: Measured, seen: Seen, verdict: Verdict) => {
  const switches = rebuilt.flatMap(({ exchanged }) => (exchanged === undefined ? [] : [exchanged]))
  const around = switches.map(({ at, heldMs }): Window => ({ from: at - BEFORE_MS, to: at + heldMs + AFTER_MS }))
  const [before, during] = [latenciesIn(seen, [steady]), latenciesIn(seen, around)]
  const [p99Before, p99During] = [percentile(before, 99), percentile(during, 99)]
  return {
    questions: seen.samples.length, failedReads: seen.failed, emptyReads: seen.empty, differingReads: seen.differing,
    readsOfThePast: seen.backwards, rebuilds: rebuilt.length, switches: switches.length,
    attempts: sum(switches.map(({ attempts }) => attempts)),
    rowsCompared: sum(rebuilt.map(({ compared }) => compared?.rows ?? 0)),
    differences: sum(rebuilt.map(({ compared }) => compared?.differences.length ?? 0)), resumedAtFact: resumedAt,
    projectionsHeldMs: most(switches.map(({ heldMs }) => heldMs)),
    readersHeldMs: most(switches.map(({ exclusiveMs }) => exclusiveMs)),
    questionsBefore: before.length, questionsDuring: during.length,
    p50BeforeMs: percentile(before, 50), p50DuringMs: percentile(during, 50),
    p99BeforeMs: p99Before, p99BuildingMs: percentile(latenciesIn(seen, building), 99), p99DuringMs: p99During,
    p99Ratio: Number((p99During / p99Before).toFixed(2)), events: verdict.events, lost: verdict.lost, appliedTwice: verdict.appliedTwice,
    problems: verdict.problems.length,
  }
}

const run = async (cluster: Cluster, seed: number, size: number) => {
  for (const role of ['ingest', 'project', 'serve'] as const) cluster.add(role, role)
  await cluster.untilReady()
  const load = await startLoad({ natsUrl: cluster.nats.url, seed, companies: [MOVING], rate: RATE })
  try {
    await publishAll(load, [...history(seed + 1, [STILL], size / 10, 1_000_000), ...history(seed + 2, OTHERS, size, 2_000_000)])
    for (const company of [STILL, ...OTHERS]) await quiet(cluster.postgres.url, company)
    const serve = await cluster.services.find(({ role }) => role === 'serve')?.untilReady()
    const stopAsking = startAsking({ url: serve?.httpUrl ?? '', key: TEST_KEY, still: STILL, moving: MOVING, atATime: QUESTIONS_AT_A_TIME })
    const measured = await rebuildAll(cluster.postgres.url).catch(async (cause: unknown) => {
      await stopAsking()
      throw cause
    })
    const seen = await stopAsking()
    await load.stop()
    const verdict = await judgeCluster(cluster, load, QUIET_WITHIN_MS)
    for (const problem of [...seen.examples, ...verdict.problems].slice(0, 20)) process.stdout.write(`${problem}\n`)
    return figuresOf(measured, seen, verdict)
  } finally {
    await load.stop()
    await load.close()
  }
}

const judgeFigures = (figures: Awaited<ReturnType<typeof run>>): void => {
  const none = ['failedReads', 'emptyReads', 'differingReads', 'readsOfThePast', 'differences', 'lost', 'appliedTwice', 'problems'] as const
  const met = printFigures('rebuild', [...none.map((what) => single(what, figures[what], { most: 0 })),
    single('switches', figures.switches, { least: 2 * groups.length }), single('rowsCompared', figures.rowsCompared, { least: 1_000 }),
    single('resumedAtFact', figures.resumedAtFact, { least: 1 }), single('p99Ratio', figures.p99Ratio, { most: MOST_RATIO })])
  if (!met) process.exitCode = 1
}

const program = new Command('rebuild')
  .description('rebuild every read model under load, while questions are asked all the time')
  .option('--seed <n>', 'seed of the events', process.env['SEED'] ?? '1')
  .option('--events <n>', 'events stored before', '1500')
  .action(async ({ seed, events }: { readonly seed: string; readonly events: string }) => {
    const began = performance.now()
    const cluster = await openCluster()
    try {
      const figures = await run(cluster, Number(seed), Number(events))
      judgeFigures(figures)
      const seconds = Math.round((performance.now() - began) / 1_000)
      process.stdout.write(`${JSON.stringify({ suite: 'rebuild', figures: { ...figures, seconds }, seed: Number(seed) })}\n`)
    } finally {
      await cluster.stop()
    }
  })

await program.parseAsync()
