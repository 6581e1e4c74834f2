import { connect } from '@nats-io/transport-node'
import { chance } from '../../adapters/main/sample/chance.ts'
import { benchIngest, emptyStreams, freshDatabase } from './bench-ingest.ts'
import type { BenchServers } from './bench-servers.ts'
import { readyFlood } from './flood.ts'
import { cpuEach, cpuNow, type Cpu } from './frame/cpu.ts'
import { ratio, single, spread, type Figure } from './frame/figures.ts'
import { inAlternation } from './frame/rounds.ts'
import { withServers, type Bench } from './frame/run-bench.ts'
import { median } from './median.ts'
import { memoryInUse, type MemoryInUse } from './memory-in-use.ts'
import { messageBody } from './message-body.ts'
import { publishAll } from './publish.ts'
import { SERVICE_SHAPE, until } from './trial.ts'

interface Load { readonly companies: number; readonly events: number; readonly seed: number }

const FEW = 100
/** Of the throughput at a hundred companies, what is to be left (issue: fair shares). */
const LEAST = { many: 0.6, most: 0.35 }
const MS_PER_SECOND = 1_000
const BYTES_PER_KIB = 1_024
const WITHIN_MS = 300_000

interface Round {
  /** Until all companies were consumed: their durables made, one event of each stored. */
  readonly openSeconds: number
  /** Events stored a second, all companies being consumed. */
  readonly perSecond: number
  /** The same with the opening in it, as after a start beside a broker that has lost its durables. */
  readonly perSecondFromStart: number
  /** Of each event: steadier than rates where other work shares the machine. */
  readonly cpu: Cpu
  /** What consuming them added, bytes. */
  readonly memory: MemoryInUse
}

interface Ground {
  readonly natsUrl: string
  readonly monitorUrl: string
  readonly databaseUrl: string
  readonly natsPid: number
  readonly postgresPid: number
}

/** Every company is met with one event first; then the same load as for any other number, published while it is stored. */
const measure = async (ground: Ground, { companies, events, seed }: Load): Promise<Round> => {
  const { natsUrl, monitorUrl, databaseUrl } = ground
  const connection = await connect({ servers: natsUrl })
  await emptyStreams(connection)
  const source = chance(seed)
  await publishAll(connection, companies, (i) => [`v1.messages.upsert.many-${i}`, messageBody(source, `first${i}`, i)])
  const publish = await readyFlood({ natsUrl, companies, events, seed })
  let [applied, failed] = [0, 0]
  const before = await memoryInUse(monitorUrl)
  const begun = performance.now()
  const ingest = await benchIngest({ connection, databaseUrl, ...SERVICE_SHAPE, probe: { settled: (_, outcome) => {
    applied += 1
    if (outcome !== 'applied') failed += 1
  } } })
  await until('all companies are consumed', () => applied >= companies, WITHIN_MS)
  const openMs = performance.now() - begun
  const after = await memoryInUse(monitorUrl)
  const [flooding, cpu] = [performance.now(), cpuNow(ground)]
  await publish()
  await until('all is stored', () => applied >= companies + events, WITHIN_MS)
  const [floodMs, used] = [performance.now() - flooding, cpuEach(cpu, cpuNow(ground), events)]
  await ingest.stop()
  await connection.close()
  if (failed > 0) throw new Error(`${failed} events were not applied`)
  return { openSeconds: openMs / MS_PER_SECOND, perSecond: (events * MS_PER_SECOND) / floodMs, cpu: used,
    perSecondFromStart: ((companies + events) * MS_PER_SECOND) / (openMs + floodMs),
    memory: { ingest: after.ingest - before.ingest, broker: after.broker - before.broker } }
}

/** A broker and a database of its own: nothing is left of the round before. */
const runRound = async (servers: BenchServers, load: Load): Promise<Round> => {
  const broker = await servers.freshBroker()
  try {
    return await measure({ natsUrl: broker.url, monitorUrl: broker.monitorUrl, natsPid: broker.pid, postgresPid: servers.postgresPid,
      databaseUrl: await freshDatabase(servers.databaseUrl) }, load)
  } finally {
    await broker.stop()
  }
}

type Rounds = Readonly<Record<1 | typeof FEW | 1_000 | 5_000, ReadonlyArray<Round>>>
type Size = keyof Rounds

const sizes: ReadonlyArray<Size> = [1, FEW, 1_000, 5_000]

const inWords = ({ openSeconds, perSecond, perSecondFromStart, cpu: { node, postgresql, nats } }: Round): string =>
  `all consumed in ${openSeconds.toFixed(1)} s; ${perSecond.toFixed(0)}/s, from the start on ${perSecondFromStart.toFixed(0)}/s; `
    + `ingest ${node.toFixed(0)}, PostgreSQL ${postgresql.toFixed(0)}, broker ${nats.toFixed(0)} us an event`

const perSecond = (rounds: ReadonlyArray<Round>): ReadonlyArray<number> => rounds.map((round) => round.perSecond)
const fromStart = (rounds: ReadonlyArray<Round>): ReadonlyArray<number> => rounds.map((round) => round.perSecondFromStart)

/** KiB of one company: what a size takes more than a hundred companies do, divided by those that it has more. */
const kibEach = (rounds: Rounds, size: Size, of: keyof MemoryInUse): number => {
  const taken = (some: ReadonlyArray<Round>): number => median(some.map(({ memory }) => memory[of]))
  return (taken(rounds[size]) - taken(rounds[FEW])) / BYTES_PER_KIB / (size - FEW)
}

const figuresOf = (rounds: Rounds, size: Size): ReadonlyArray<Figure> => [
  spread(`perSecond${size}`, perSecond(rounds[size])), spread(`perSecondFromStart${size}`, fromStart(rounds[size])),
  spread(`openSeconds${size}`, rounds[size].map(({ openSeconds }) => openSeconds)),
  ...(['node', 'postgresql', 'nats'] as const).map((of) => spread(`cpuMicros${size}_${of}`, rounds[size].map(({ cpu }) => cpu[of]))),
  ...(size > FEW ? (['ingest', 'broker'] as const).map((of) => single(`${of}KibEach${size}`, kibEach(rounds, size, of))) : []),
]

const sharesOf = (rounds: Rounds): ReadonlyArray<Figure> => [
  ratio('share1000', perSecond(rounds[1_000]), perSecond(rounds[FEW]), { least: LEAST.many }),
  ratio('share5000', perSecond(rounds[5_000]), perSecond(rounds[FEW]), { least: LEAST.most }),
  ratio('shareFromStart1000', fromStart(rounds[1_000]), fromStart(rounds[FEW])),
  ratio('shareFromStart5000', fromStart(rounds[5_000]), fromStart(rounds[FEW])),
]

/**
 * The same load from 1, 100, 1,000 and 5,000 companies, each on a broker and a database of its own. Throughput is counted from when all
 * companies are consumed, which is what a deployment lives in and what the bars are held to; beside it with the opening of all durables
 * counted in. Ingest runs in this process, the publisher in its own, connected before the clock starts.
 */
export const companiesBench: Bench = ({ events = 20_000, rounds = 3, seed }) => withServers(async (servers) => {
  const variant = (companies: Size) => () => runRound(servers, { companies, events, seed })
  const measured = await inAlternation<`${Size}`, Round>({ 1: variant(1), 100: variant(FEW), 1000: variant(1_000), 5000: variant(5_000) },
    { rounds, show: inWords })
  return [...sharesOf(measured), ...sizes.flatMap((size) => figuresOf(measured, size))]
})
