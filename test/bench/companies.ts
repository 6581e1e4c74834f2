import { connect } from '@nats-io/transport-node'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { chance } from '../../adapters/main/sample/chance.ts'
import { judge } from './bars.ts'
import { benchIngest, emptyStreams, freshDatabase, preload } from './bench-ingest.ts'
import { benchServers, type BenchServers } from './bench-servers.ts'
import { median } from './median.ts'
import { messageBody } from './message-body.ts'
import { SERVICE_SHAPE, until } from './trial.ts'

export interface CompaniesOptions { readonly events: number; readonly rounds: number; readonly seed: number }

const PUBLISHER = fileURLToPath(new URL('./flood-publisher.ts', import.meta.url))
/** Their number, and what share of the throughput at a hundred is to be left (issue: fair shares). */
const SIZES = [1, 100, 1_000, 5_000] as const
const LEAST = { many: 0.6, most: 0.35 }
const MS_PER_SECOND = 1_000
const BYTES_PER_KIB = 1_024
const OPENED_WITHIN_MS = 300_000

type Size = (typeof SIZES)[number]

/** Of one round: seconds until all companies were consumed, events stored a second from then on, KiB that each company cost. */
interface Round { readonly openSeconds: number; readonly perSecond: number; readonly ingestKib: number; readonly brokerKib: number }

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Resident memory, bytes; ours after a collection. */
const memoryOf = async (monitorUrl: string): Promise<{ readonly ingest: number; readonly broker: number }> => {
  collectGarbage()
  const { mem } = await (await fetch(`${monitorUrl}/varz`)).json() as { readonly mem: number }
  return { ingest: process.memoryUsage.rss(), broker: mem }
}

const flood = async (natsUrl: string, companies: number, { events, seed }: CompaniesOptions): Promise<void> => {
  const child = spawn(process.execPath, [PUBLISHER, natsUrl, String(companies), String(events), String(seed)], { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error('the publisher failed')
}

/** Every company is met with one event first; then the same load as for any other number, published while it is stored. */
const runRound = async (servers: BenchServers, companies: number, options: CompaniesOptions): Promise<Round> => {
  const connection = await connect({ servers: servers.natsUrl })
  await emptyStreams(connection)
  const source = chance(options.seed)
  await preload(connection, companies, (i) => [`v1.messages.upsert.many-${i}`, messageBody(source, `first${i}`, i)])
  const databaseUrl = await freshDatabase(servers.databaseUrl)
  let [applied, failed] = [0, 0]
  const before = await memoryOf(servers.monitorUrl)
  const begun = performance.now()
  const ingest = await benchIngest({ connection, databaseUrl, ...SERVICE_SHAPE, probe: { settled: (_, outcome) => {
    applied += 1
    if (outcome !== 'applied') failed += 1
  } } })
  await until('all companies are consumed', () => applied >= companies, OPENED_WITHIN_MS)
  const opened = performance.now()
  const after = await memoryOf(servers.monitorUrl)
  const flooding = performance.now()
  await flood(servers.natsUrl, companies, options)
  await until('all is stored', () => applied >= companies + options.events, OPENED_WITHIN_MS)
  const seconds = (performance.now() - flooding) / MS_PER_SECOND
  await ingest.stop()
  await connection.close()
  if (failed > 0) throw new Error(`${failed} events were not applied`)
  const each = (of: keyof typeof after): number => (after[of] - before[of]) / BYTES_PER_KIB / companies
  return { openSeconds: (opened - begun) / MS_PER_SECOND, perSecond: options.events / seconds, ingestKib: each('ingest'),
    brokerKib: each('broker') }
}

const measureAll = async (servers: BenchServers, options: CompaniesOptions): Promise<Record<Size, Round[]>> => {
  const rounds: Record<Size, Round[]> = { 1: [], 100: [], 1000: [], 5000: [] }
  await runRound(servers, SIZES[1], options)
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const size of SIZES) {
      const one = await runRound(servers, size, options)
      rounds[size].push(one)
      process.stderr.write(`round ${round}, ${size} companies: all consumed in ${one.openSeconds.toFixed(1)} s, ${one.perSecond.toFixed(0)}/s; `
        + `a company ${one.ingestKib.toFixed(0)} KiB of ingest, ${one.brokerKib.toFixed(0)} KiB of the broker\n`)
    }
  }
  return rounds
}

const medianOf = (rounds: ReadonlyArray<Round>, of: keyof Round): number => Number(median(rounds.map((round) => round[of])).toFixed(1))

const figuresOf = (rounds: Record<Size, Round[]>): Readonly<Record<string, number>> => Object.fromEntries(SIZES.flatMap((size) => [
  [`perSecond${size}`, medianOf(rounds[size], 'perSecond')], [`openSeconds${size}`, medianOf(rounds[size], 'openSeconds')],
  ...(size >= 1_000 ? [[`ingestKibEach${size}`, medianOf(rounds[size], 'ingestKib')],
    [`brokerKibEach${size}`, medianOf(rounds[size], 'brokerKib')]] as const : [])]))

/**
 * The same load from 1, 100, 1,000 and 5,000 companies, by turns on the same servers after a warm-up: throughput once all are consumed,
 * memory that each company costs. Ingest runs in this process, the publisher in its own. Rates are medians of the rounds.
 */
export const companiesBench = async (options: CompaniesOptions): Promise<Readonly<Record<string, number>>> => {
  const servers = await benchServers()
  try {
    const rounds = await measureAll(servers, options)
    const share = (size: Size): number => Number((medianOf(rounds[size], 'perSecond') / medianOf(rounds[100], 'perSecond')).toFixed(2))
    const [many, most] = [share(1_000), share(5_000)]
    judge([{ what: 'throughput at 1,000 companies against 100:', figure: many, least: LEAST.many },
      { what: 'throughput at 5,000 companies against 100:', figure: most, least: LEAST.most }])
    return { share1000: many, share5000: most, ...figuresOf(rounds), events: options.events }
  } finally {
    await servers.stop()
  }
}
