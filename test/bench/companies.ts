import { connect } from '@nats-io/transport-node'
import { chance } from '../../adapters/main/sample/chance.ts'
import { judge } from './bars.ts'
import { benchIngest, emptyStreams, freshDatabase } from './bench-ingest.ts'
import { benchServers, type BenchServers } from './bench-servers.ts'
import { readyFlood } from './flood.ts'
import { median } from './median.ts'
import { memoryInUse, type MemoryInUse } from './memory-in-use.ts'
import { messageBody } from './message-body.ts'
import { publishAll } from './publish.ts'
import { SERVICE_SHAPE, until } from './trial.ts'

export interface CompaniesOptions { readonly events: number; readonly rounds: number; readonly seed: number }

/** Their number, and what share of the throughput at a hundred is to be left (issue: fair shares). */
const SIZES = [1, 100, 1_000, 5_000] as const
const FEW = 100
const LEAST = { many: 0.6, most: 0.35 }
const MS_PER_SECOND = 1_000
const BYTES_PER_KIB = 1_024
const WITHIN_MS = 300_000

type Size = (typeof SIZES)[number]

interface Round {
  /** Until all companies were consumed: their durables made, one event of each stored. */
  readonly openSeconds: number
  /** Events stored a second, all companies being consumed. */
  readonly perSecond: number
  /** The same with the opening in it, as after a start beside a broker that has lost its durables. */
  readonly perSecondFromStart: number
  /** Processor time of ingest for each event: steadier than rates where other work shares the machine. */
  readonly ingestCpuUs: number
  /** What consuming them added, bytes. */
  readonly memory: MemoryInUse
}

const cpuUs = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}

interface Ground { readonly natsUrl: string; readonly monitorUrl: string; readonly databaseUrl: string }

/** Every company is met with one event first; then the same load as for any other number, published while it is stored. */
const measure = async (
  { natsUrl, monitorUrl, databaseUrl }: Ground, companies: number, { events, seed }: CompaniesOptions,
): Promise<Round> => {
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
  const [flooding, cpu] = [performance.now(), cpuUs()]
  await publish()
  await until('all is stored', () => applied >= companies + events, WITHIN_MS)
  const [floodMs, usedUs] = [performance.now() - flooding, cpuUs() - cpu]
  await ingest.stop()
  await connection.close()
  if (failed > 0) throw new Error(`${failed} events were not applied`)
  return { openSeconds: openMs / MS_PER_SECOND, perSecond: (events * MS_PER_SECOND) / floodMs, ingestCpuUs: usedUs / events,
    perSecondFromStart: ((companies + events) * MS_PER_SECOND) / (openMs + floodMs),
    memory: { ingest: after.ingest - before.ingest, broker: after.broker - before.broker } }
}

/** A broker and a database of its own: nothing is left of the round before. */
const runRound = async (servers: BenchServers, companies: number, options: CompaniesOptions): Promise<Round> => {
  const broker = await servers.freshBroker()
  try {
    return await measure({ natsUrl: broker.url, monitorUrl: broker.monitorUrl, databaseUrl: await freshDatabase(servers.databaseUrl) },
      companies, options)
  } finally {
    await broker.stop()
  }
}

const measureAll = async (servers: BenchServers, options: CompaniesOptions): Promise<Record<Size, Round[]>> => {
  const rounds: Record<Size, Round[]> = { 1: [], 100: [], 1000: [], 5000: [] }
  await runRound(servers, FEW, options)
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const size of SIZES) {
      const one = await runRound(servers, size, options)
      rounds[size].push(one)
      process.stderr.write(`round ${round}, ${size} companies: all consumed in ${one.openSeconds.toFixed(1)} s; ${one.perSecond.toFixed(0)}/s, `
        + `from the start on ${one.perSecondFromStart.toFixed(0)}/s; ${one.ingestCpuUs.toFixed(0)} us of ingest an event\n`)
    }
  }
  return rounds
}

const medianOf = (rounds: ReadonlyArray<Round>, of: (round: Round) => number): number => median(rounds.map(of))
const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits))

/** KiB of one company: what a size takes more than a hundred companies do, divided by those that it has more. */
const kibEach = (rounds: Record<Size, Round[]>, size: Size, of: keyof MemoryInUse): number => {
  const [many, few] = [size, FEW as Size].map((each) => medianOf(rounds[each], ({ memory }) => memory[of]))
  return rounded(((many ?? NaN) - (few ?? NaN)) / BYTES_PER_KIB / (size - FEW))
}

const figuresOf = (rounds: Record<Size, Round[]>): Readonly<Record<string, number>> => Object.fromEntries(SIZES.flatMap((size) => [
  [`perSecond${size}`, rounded(medianOf(rounds[size], (round) => round.perSecond), 0)],
  [`perSecondFromStart${size}`, rounded(medianOf(rounds[size], (round) => round.perSecondFromStart), 0)],
  [`openSeconds${size}`, rounded(medianOf(rounds[size], (round) => round.openSeconds))],
  [`ingestCpuUs${size}`, rounded(medianOf(rounds[size], (round) => round.ingestCpuUs), 0)],
  ...(size > FEW ? [[`ingestKibEach${size}`, kibEach(rounds, size, 'ingest')], [`brokerKibEach${size}`, kibEach(rounds, size, 'broker')]] as const
    : [])]))

/**
 * The same load from 1, 100, 1,000 and 5,000 companies, by turns, each on a broker and a database of its own, after a warm-up.
 * Throughput is counted from when all companies are consumed, which is what issue 4 compares and a deployment lives in; beside it with
 * the opening of all durables counted in. Ingest runs in this process, the publisher in its own, connected before the clock starts.
 * Rates are medians of the rounds.
 */
export const companiesBench = async (options: CompaniesOptions): Promise<Readonly<Record<string, number>>> => {
  const servers = await benchServers()
  try {
    const rounds = await measureAll(servers, options)
    const share = (size: Size, of: 'perSecond' | 'perSecondFromStart'): number =>
      rounded(medianOf(rounds[size], (round) => round[of]) / medianOf(rounds[FEW], (round) => round[of]), 2)
    const [many, most] = [share(1_000, 'perSecond'), share(5_000, 'perSecond')]
    judge([{ what: 'throughput at 1,000 companies against 100:', figure: many, least: LEAST.many },
      { what: 'throughput at 5,000 companies against 100:', figure: most, least: LEAST.most }])
    return { share1000: many, share5000: most, shareFromStart1000: share(1_000, 'perSecondFromStart'),
      shareFromStart5000: share(5_000, 'perSecondFromStart'), ...figuresOf(rounds), events: options.events }
  } finally {
    await servers.stop()
  }
}
