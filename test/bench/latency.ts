import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { benchIngest, emptyStreams } from './bench-ingest.ts'
import { ratio, single, spread } from './frame/figures.ts'
import { inAlternation } from './frame/rounds.ts'
import type { Bench } from './frame/run-bench.ts'
import { rates } from './ingest-round.ts'
import { published } from './load.ts'
import { median, quantile } from './median.ts'
import { onFreshDatabase } from './on-fresh-database.ts'
import { withPlace, type Place } from './place.ts'
import { readableRound } from './readable.ts'
import { benchService } from './service.ts'
import { BATCHED, COMPANIES } from './shapes.ts'
import { startPublisher } from './trial.ts'

const PROJECTOR = fileURLToPath(new URL('./timed-projector.ts', import.meta.url))
const SATURATION_ROUNDS = 3
const IDLE_PER_SECOND = 50
/** Until V8 has compiled what runs hot, and what piled up meanwhile is worked off. */
const WARM_UP_MS = 8_000
const END_MS = 1_000
const MS_PER_SECOND = 1_000

/** From publish until readers see it, ms. */
interface Latency { readonly p50: number; readonly p99: number; readonly events: number }

type Samples = ReadonlyArray<readonly [sentAt: number, ms: number]>

/** Those that are late are the ones that must not be left out. */
const LEAST_SEEN = 0.95

const latencyOf = (file: string, from: number, expected: number): Latency => {
  const samples = JSON.parse(readFileSync(file, 'utf8')) as Samples
  rmSync(file)
  const sorted = samples.filter(([sentAt]) => sentAt >= from).map(([, ms]) => ms).sort((a, b) => a - b)
  if (sorted.length < LEAST_SEEN * expected) throw new Error(`only ${sorted.length} of ${expected} messages became readable in time`)
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), events: sorted.length }
}

interface Steady { readonly perSecond: number; readonly seconds: number; readonly seed: number }

/** A steady load on an empty service; the publisher, ingest (this process) and the projector on the same machine. */
const latencyAt = ({ servers, connection }: Place, { perSecond, seconds, seed }: Steady) => async (
  databaseUrl: string,
): Promise<Latency> => {
  await emptyStreams(connection)
  const file = join(tmpdir(), `daisi-bench-${randomUUID()}.json`)
  const projector = await benchService('project', servers, databaseUrl, { env: { BENCH_LATENCIES: file }, entry: PROJECTOR })
  const ingest = await benchIngest({ connection, databaseUrl, ...BATCHED })
  const endPublisher = startPublisher(servers.natsUrl, { prefix: 'steady', companies: COMPANIES, perSecond: perSecond / COMPANIES }, seed)
  await sleep(WARM_UP_MS)
  const from = Date.now()
  await sleep(seconds * MS_PER_SECOND)
  await endPublisher()
  await ingest.stop()
  await sleep(END_MS)
  await projector.stop()
  return latencyOf(file, from, Math.floor(perSecond * seconds))
}

const saturation = async (place: Place, events: number, seed: number): Promise<ReadonlyArray<number>> => {
  await emptyStreams(place.connection)
  const load = await published(place.connection, { prefix: 'many', companies: COMPANIES, events, seed })
  const { saturated } = await inAlternation({ saturated: () => readableRound(place, load, BATCHED) },
    { rounds: SATURATION_ROUNDS, show: ({ perSecond }) => `${perSecond.toFixed(0)}/s readable` })
  return rates(saturated)
}

/** From publish to readable, at half of what this machine makes readable at most, and when it has next to nothing to do. */
export const latencyBench: Bench = ({ events = 20_000, rounds = 5, seconds = 8, seed }) => withPlace(async (place) => {
  const most = await saturation(place, events, seed)
  const half = median(most) / 2
  const { loaded, idle } = await inAlternation({
    loaded: () => onFreshDatabase(place.servers, latencyAt(place, { perSecond: half, seconds, seed })),
    idle: () => onFreshDatabase(place.servers, latencyAt(place, { perSecond: IDLE_PER_SECOND, seconds, seed })),
  }, { rounds, show: (latency) => `p50 ${latency.p50} ms, p99 ${latency.p99} ms, ${latency.events} messages` })
  return [ratio('p99OverIdleP50', loaded.map(({ p99 }) => p99), idle.map(({ p50 }) => p50), { most: 25 }),
    spread('p50Ms', loaded.map(({ p50 }) => p50)), spread('p99Ms', loaded.map(({ p99 }) => p99)),
    spread('idleP50Ms', idle.map(({ p50 }) => p50)), spread('idleP99Ms', idle.map(({ p99 }) => p99)),
    spread('saturationPerSecond', most), single('loadPerSecond', Math.round(half))]
})
