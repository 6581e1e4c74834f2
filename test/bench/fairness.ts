import { setTimeout as sleep } from 'node:timers/promises'
import type { NatsConnection } from '@nats-io/transport-node'
import { chance } from '../../adapters/main/sample/chance.ts'
import type { BenchServers } from './bench-servers.ts'
import type { Commits } from './commits.ts'
import { single } from './frame/figures.ts'
import { withServers, type Bench } from './frame/run-bench.ts'
import { quantile } from './median.ts'
import { messageBody } from './message-body.ts'
import { publishAll } from './publish.ts'
import { trial, until, type Steady } from './trial.ts'

interface FairnessOptions {
  /** Events that wait of one flooding company. */
  readonly events: number
  /** Messages of the history import. */
  readonly history: number
  /** Of each measurement. */
  readonly seconds: number
  readonly seed: number
}

const MS_PER_SECOND = 1_000
const SETTLE_MS = 2_000
/** The nine that send ten a second (issue: fair shares), and what the flood goes on with. */
const QUIET: Steady = { prefix: 'quiet', companies: 9, perSecond: 10 }
const FLOODING_ON: Steady = { prefix: 'flood', companies: 1, perSecond: 500 }
const HISTORY_BATCH = 100
const HISTORIES_IN_FLIGHT = 20
const HISTORY_WITHIN_MS = 420_000
const EQUALS = 10
/** Measured while all of a race still have much waiting. */
const RACED = 0.8
const LEAST_P99_MS = 50
/**
 * What an import writes passes through few buffers, and so to disk within seconds; with more of them Linux writes it back every 30 s in one
 * go, and commits wait 0.3 s (ADR 0013). Write-ahead log for all of the run.
 */
const NEEDS = { diskBytes: 20e9, walMb: 6_144, sharedBuffers: '256MB' }

interface Latency { readonly p50: number; readonly p99: number }

const say = (line: string): void => { process.stderr.write(`${line}\n`) }

/** Of samples in any order, ms. */
const latencyOf = (samples: ReadonlyArray<number>): Latency => {
  const sorted = samples.toSorted((a, b) => a - b)
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) }
}

const flood = (companyId: string, count: number, seed: number) => (connection: NatsConnection): Promise<void> => {
  const source = chance(seed)
  return publishAll(connection, count, (i) => [`v1.messages.upsert.${companyId}`, messageBody(source, `f${i}`, i)])
}

type Samples = ReadonlyArray<number>

const measured = (what: string, seconds: number, backlog: () => number) => async (seen: Commits): Promise<Samples> => {
  await sleep(SETTLE_MS)
  const from = Date.now()
  await sleep(seconds * MS_PER_SECOND)
  const samples = seen.latenciesSince(from)
  const { p50, p99 } = latencyOf(samples)
  say(`${what}: p50 ${p50} ms, p99 ${p99} ms; ${samples.length} events, ${backlog()} of the flood stored`)
  return samples
}

const idle = (servers: BenchServers, { seconds, seed }: FairnessOptions): Promise<Samples> =>
  trial(servers, { seed, fill: async () => undefined, steady: [QUIET] }, measured('idle', seconds, () => 0))

const underFlood = async (servers: BenchServers, { events, seconds, seed }: FairnessOptions): Promise<Latency> =>
  latencyOf(await trial(servers, { seed, fill: flood('flood-0', events, seed), steady: [QUIET, FLOODING_ON] },
    (seen) => measured('under flood', seconds, () => seen.countOf('flood-0'))(seen)))

/** All flood at once; what each has stored within the time, or when the first has little waiting. */
const race = async (servers: BenchServers, weights: Readonly<Record<string, number>>, each: number, { seconds, seed }: FairnessOptions) => {
  const ids = Object.keys(weights)
  const fill = async (connection: NatsConnection): Promise<void> => {
    const source = chance(seed)
    await publishAll(connection, each * ids.length, (i) => [`v1.messages.upsert.${ids[i % ids.length]}`, messageBody(source, `r${i}`, i)])
  }
  return trial(servers, { seed, fill, weights }, async (seen) => {
    await until('all are stored', () => ids.every((id) => seen.countOf(id) > 0))
    const before = ids.map(seen.countOf)
    const end = Date.now() + seconds * MS_PER_SECOND
    await until('one has little waiting', () => Date.now() > end || ids.some((id) => seen.countOf(id) > each * RACED))
    return ids.map((id, i) => seen.countOf(id) - (before[i] ?? 0))
  })
}

/** 1 where all have the same, 1/n where one has all. */
const jainIndex = (shares: ReadonlyArray<number>): number => {
  const [sum, squares] = [shares.reduce((total, x) => total + x, 0), shares.reduce((total, x) => total + x * x, 0)]
  return (sum * sum) / (shares.length * squares)
}

const besideHistory = (servers: BenchServers, { history, seconds, seed }: FairnessOptions) => {
  const source = chance(seed)
  const importing = (connection: NatsConnection): Promise<void> => publishAll(connection, Math.ceil(history / HISTORY_BATCH), (i) =>
    ['v1.history.messages.import', `{"messages":[${Array.from({ length: HISTORY_BATCH }, (_, j) =>
      messageBody(source, `h${i * HISTORY_BATCH + j}`, i)).join(',')}]}`], HISTORIES_IN_FLIGHT)
  return trial(servers, { seed, fill: importing, steady: [QUIET] }, async (seen) => {
    await sleep(SETTLE_MS)
    const [from, stored] = [Date.now(), seen.countOf('import')]
    const isDone = (): boolean => seen.countOf('import') >= history
    await until('the import ends', () => isDone() || Date.now() - from > Math.max(HISTORY_WITHIN_MS, seconds * MS_PER_SECOND), Infinity)
    const perSecond = Math.round(((seen.countOf('import') - stored) * MS_PER_SECOND) / (Date.now() - from))
    const latency = latencyOf(seen.latenciesSince(from))
    say(`beside a history: p50 ${latency.p50} ms, p99 ${latency.p99} ms; ${seen.countOf('import')} of ${history} imported, ${perSecond}/s`)
    return { ...latency, count: seen.countOf('import'), perSecond }
  })
}

const races = async (servers: BenchServers, options: FairnessOptions) => {
  const [heavy = 0, light = 0] = await race(servers, { 'heavy-0': 3, 'light-0': 1 }, Math.ceil(options.events / 2), options)
  say(`weights 3:1: ${heavy} and ${light} stored`)
  const equals = await race(servers, Object.fromEntries(Array.from({ length: EQUALS }, (_, i) => [`equal-${i}`, 1])),
    Math.ceil(options.events / EQUALS), options)
  say(`ten equal companies: ${equals.join(', ')} stored`)
  return { weightRatio: heavy / light, jainIndex: jainIndex(equals) }
}

/**
 * Idle before, between and after: what else the machine does changes within minutes, and would count against one of them only. The
 * races come first, so that whatever warms up has done so.
 */
const measureAll = async (servers: BenchServers, options: FairnessOptions) => {
  const shares = await races(servers, options)
  const before = await idle(servers, options)
  const flooded = await underFlood(servers, options)
  const between = await idle(servers, options)
  const imported = await besideHistory(servers, options)
  const alone = latencyOf([...before, ...between, ...await idle(servers, options)])
  return { ...shares, alone, flooded, imported }
}

/**
 * Shares on this machine (issue: fair shares): the latency of nine quiet companies alone, beside a flood and beside an import, from
 * publish to commit; floods by weight; equal floods. Ingest runs in this process, publishers in their own.
 */
export const fairnessBench: Bench = ({ events = 100_000, history = 1_000_000, seconds = 12, seed }) => withServers(async (servers) => {
  const { alone, flooded, imported, ...shares } = await measureAll(servers, { events, history, seconds, seed })
  const bar = { most: Math.max(2 * alone.p99, LEAST_P99_MS) }
  return [
    single('idleP50Ms', alone.p50), single('idleP99Ms', alone.p99),
    single('floodP50Ms', flooded.p50), single('floodP99Ms', flooded.p99, bar),
    single('weightRatio', shares.weightRatio, { least: 2.7, most: 3.3 }), single('jainIndex', shares.jainIndex, { least: 0.95 }),
    single('historyP50Ms', imported.p50), single('historyP99Ms', imported.p99, bar),
    single('historyImported', imported.count, { least: history }), single('historyPerSecond', imported.perSecond),
    single('floodEvents', events),
  ]
}, NEEDS)
