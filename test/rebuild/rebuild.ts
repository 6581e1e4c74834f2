import { Command } from 'commander'
import { setTimeout as sleep } from 'node:timers/promises'
import { groups } from '../../application/jobs/rebuild/groups.ts'
import { printFigures, single, spread } from '../bench/frame/figures.ts'
import { openCluster, TEST_KEY, type Cluster } from '../faults/harness/cluster.ts'
import { judgeCluster } from '../faults/harness/judge-cluster.ts'
import type { Verdict } from '../faults/oracle/judge.ts'
import { startLoad, type Load } from '../faults/workload/load.ts'
import { planOf, type Publish } from '../faults/workload/plan.ts'
import { say } from '../support/say.ts'
import { quiet } from './quiet.ts'
import { startAsking } from './asking.ts'
import { compareSwitches, QUIET_MS, WARM_MS, type Switched } from './switches.ts'
import { killRebuild, runRebuild, type Rebuilt } from './rebuilding.ts'
import type { Seen } from './asker.ts'

/**
 * A program: `npm run test:rebuild`. Ingest, project and serve as processes, under load, and a loop of questions that never stops, while
 * every read model is built anew, switched and taken back; one rebuild is killed halfway. Its last line is one JSON object.
 */
const [STILL, MOVING, OTHERS] = ['still', 'moving', ['other-a', 'other-b']] as const
const RATE = 40
const QUESTIONS_AT_A_TIME = 2
const QUIET_WITHIN_MS = 120_000
const MOST_RATIO = 1.5
/** Questions around all switches, and before them; of fewer a 99th percentile says nothing. */
const FEWEST = 300

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
  readonly rebuilt: ReadonlyArray<Rebuilt & Switched>
  /** Facts that the killed rebuild had behind it. */
  readonly resumedAt: number
}

const rebuildAll = async (databaseUrl: string): Promise<Measured> => {
  say('a rebuild is killed halfway')
  const resumedAt = await killRebuild(databaseUrl, 'message_timeline')
  const rebuilt: (Rebuilt & Switched)[] = []
  for (const args of [[], ['--back']])
    for (const [name] of groups) {
      // the last switch fades, then nothing is done but asked: what the next is compared with
      await sleep(WARM_MS + QUIET_MS)
      const from = Date.now()
      const one = await runRebuild(databaseUrl, name, '--sample', '100', ...args)
      rebuilt.push({ ...one, building: { from, to: Date.now() } })
      say(`${name} ${args.length === 0 ? 'rebuilt' : 'taken back'}: ${one.state}`)
    }
  await sleep(WARM_MS)
  await runRebuild(databaseUrl, '--all', '--drop')
  return { rebuilt, resumedAt }
}

const sum = (values: ReadonlyArray<number>): number => values.reduce((total, value) => total + value, 0)
const most = (values: ReadonlyArray<number>): number => Number(Math.max(...values).toFixed(1))

const figuresOf = ({ rebuilt, resumedAt }: Measured, seen: Seen, verdict: Verdict) => {
  const switches = rebuilt.flatMap(({ exchanged }) => (exchanged === undefined ? [] : [exchanged]))
  return {
    questions: seen.samples.length, failedReads: seen.failed, emptyReads: seen.empty, differingReads: seen.differing,
    readsOfThePast: seen.backwards, rebuilds: rebuilt.length, switches: switches.length,
    attempts: sum(switches.map(({ attempts }) => attempts)),
    rowsCompared: sum(rebuilt.map(({ compared }) => compared?.rows ?? 0)),
    differences: sum(rebuilt.map(({ compared }) => compared?.differences.length ?? 0)), resumedAtFact: resumedAt,
    projectionsHeldMs: most(switches.map(({ heldMs }) => heldMs)),
    readersHeldMs: most(switches.map(({ exclusiveMs }) => exclusiveMs)), ...compareSwitches(rebuilt, seen),
    events: verdict.events, lost: verdict.lost, appliedTwice: verdict.appliedTwice, problems: verdict.problems.length,
  }
}

const run = async (cluster: Cluster, seed: number, size: number) => {
  for (const role of ['ingest', 'project', 'serve'] as const) cluster.add(role, role)
  await cluster.untilReady()
  const load = await startLoad({ natsUrl: cluster.nats.url, seed, companies: [MOVING], rate: RATE })
  try {
    await publishAll(load, [...history(seed + 1, [STILL], size / 10, 1_000_000), ...history(seed + 2, OTHERS, size, 2_000_000)])
    say('what was published before comes to rest')
    for (const company of [STILL, ...OTHERS]) await quiet(cluster.postgres.url, company)
    const serve = await cluster.services.find(({ role }) => role === 'serve')?.untilReady()
    const stopAsking = startAsking({ url: serve?.httpUrl ?? '', key: TEST_KEY, still: STILL, moving: MOVING, atATime: QUESTIONS_AT_A_TIME })
    const measured = await rebuildAll(cluster.postgres.url).catch(async (cause: unknown) => {
      await stopAsking()
      throw cause
    })
    const seen = await stopAsking()
    await load.stop()
    say('the oracle judges what is stored')
    const verdict = await judgeCluster(cluster, load, QUIET_WITHIN_MS)
    for (const problem of [...seen.examples, ...verdict.problems].slice(0, 20)) process.stdout.write(`${problem}\n`)
    return figuresOf(measured, seen, verdict)
  } finally {
    await load.stop()
    await load.close()
  }
}

const judgeFigures = (figures: Awaited<ReturnType<typeof run>>, isTimed: boolean): void => {
  const mostRatio = isTimed ? { most: MOST_RATIO } : undefined
  const none = ['failedReads', 'emptyReads', 'differingReads', 'readsOfThePast', 'differences', 'lost', 'appliedTwice', 'problems'] as const
  const met = printFigures('rebuild', [...none.map((what) => single(what, figures[what], { most: 0 })),
    single('switches', figures.switches, { least: 2 * groups.length }), single('rowsCompared', figures.rowsCompared, { least: 1_000 }),
    single('resumedAtFact', figures.resumedAtFact, { least: 1 }), single('questionsBefore', figures.questionsBefore, { least: FEWEST }),
    single('questionsDuring', figures.questionsDuring, { least: FEWEST }),
    single('p99RatioOfAll', figures.p99RatioOfAll, mostRatio), spread('p99Ratio', figures.p99Ratios, mostRatio)])
  if (!met) process.exitCode = 1
}

const program = new Command('rebuild')
  .description('rebuild every read model under load, while questions are asked all the time')
  .option('--seed <n>', 'seed of the events', process.env['SEED'] ?? '1')
  .option('--events <n>', 'events stored before', '1500')
  .option('--untimed', 'print how much slower questions were meanwhile, but let the machine be busy with other things')
  .action(async ({ seed, events, untimed }: { readonly seed: string; readonly events: string; readonly untimed?: true }) => {
    const began = performance.now()
    const cluster = await openCluster()
    try {
      const figures = await run(cluster, Number(seed), Number(events))
      judgeFigures(figures, untimed !== true)
      const seconds = Math.round((performance.now() - began) / 1_000)
      process.stdout.write(`${JSON.stringify({ suite: 'rebuild', figures: { ...figures, seconds }, seed: Number(seed) })}\n`)
    } finally {
      await cluster.stop()
    }
  })

await program.parseAsync()
