import { setTimeout as sleep } from 'node:timers/promises'
import type { NatsConnection } from '@nats-io/transport-node'
import { chance } from '../../adapters/main/sample/chance.ts'
import { judge } from './bars.ts'
import { benchServers, type BenchServers } from './bench-servers.ts'
import type { Commits } from './commits.ts'
import { messageBody } from './message-body.ts'
import { publishAll } from './publish.ts'
import { trial, until, type Steady } from './trial.ts'

export interface FairnessOptions {
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

interface Latency { readonly p50: number; readonly p99: number }

const say = (line: string): void => { process.stderr.write(`${line}\n`) }

const at = (sorted: ReadonlyArray<number>, part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN

/** Of samples in any order, ms. */
const latencyOf = (samples: ReadonlyArray<number>): Latency => {
  const sorted = samples.toSorted((a, b) => a - b)
  return { p50: at(sorted, 0.5), p99: at(sorted, 0.99) }
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
    return { ...latency, imported: seen.countOf('import'), perSecond }
  })
}

const rounded = (value: number): number => Number(value.toFixed(3))

const races = async (servers: BenchServers, options: FairnessOptions) => {
  const [heavy = 0, light = 0] = await race(servers, { 'heavy-0': 3, 'light-0': 1 }, Math.ceil(options.events / 2), options)
  say(`weights 3:1: ${heavy} and ${light} stored`)
  const equals = await race(servers, Object.fromEntries(Array.from({ length: EQUALS }, (_, i) => [`equal-${i}`, 1])),
    Math.ceil(options.events / EQUALS), options)
  say(`ten equal companies: ${equals.join(', ')} stored`)
  return { weightRatio: rounded(heavy / light), jainIndex: rounded(jainIndex(equals)) }
}

/**
 * Idle before, between and after: what else the machine does changes within minutes, and would count against one of them only. The
 * races come first, so that PostgreSQL has log files to write into again, as any that has run for a while: making one takes 40 ms.
 */
const measureAll = async (servers: BenchServers, options: FairnessOptions) => {
  const shares = await races(servers, options)
  const before = await idle(servers, options)
  const flooded = await underFlood(servers, options)
  const between = await idle(servers, options)
  const history = await besideHistory(servers, options)
  const alone = latencyOf([...before, ...between, ...await idle(servers, options)])
  return { idleP50Ms: alone.p50, idleP99Ms: alone.p99, floodP50Ms: flooded.p50, floodP99Ms: flooded.p99, ...shares,
    historyP50Ms: history.p50, historyP99Ms: history.p99, historyImported: history.imported, historyPerSecond: history.perSecond,
    floodEvents: options.events }
}

/**
 * Shares on this machine (issue: fair shares): the latency of nine quiet companies alone, beside a flood and beside an import, from
 * publish to commit; floods by weight; equal floods. Ingest runs in this process, publishers in their own.
 */
export const fairnessBench = async (options: FairnessOptions): Promise<Readonly<Record<string, number>>> => {
  const servers = await benchServers()
  try {
    const figures = await measureAll(servers, options)
    const bound = Math.max(2 * figures.idleP99Ms, LEAST_P99_MS)
    judge([{ what: 'p99 of quiet companies under a flood, ms:', figure: figures.floodP99Ms, most: bound },
      { what: 'share of weight 3 to weight 1:', figure: figures.weightRatio, least: 2.7, most: 3.3 },
      { what: 'Jain index of ten equal companies:', figure: figures.jainIndex, least: 0.95 },
      { what: 'p99 of quiet companies beside an import, ms:', figure: figures.historyP99Ms, most: bound },
      { what: 'messages imported:', figure: figures.historyImported, least: options.history }])
    return figures
  } finally {
    await servers.stop()
  }
}
