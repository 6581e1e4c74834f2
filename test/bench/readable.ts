import { setTimeout as sleep } from 'node:timers/promises'
import { benchIngest } from './bench-ingest.ts'
import { cpuEach, cpuNow, cpuSum, type Cpu } from './frame/cpu.ts'
import { ratio, spread } from './frame/figures.ts'
import { inAlternation } from './frame/rounds.ts'
import type { Bench } from './frame/run-bench.ts'
import { rates, roundInWords, type Shape } from './ingest-round.ts'
import { published, unread, type Load } from './load.ts'
import { onFreshDatabase } from './on-fresh-database.ts'
import { withPlace, type Place } from './place.ts'
import { openSession, type Session } from './queried.ts'
import { benchService } from './service.ts'
import { BATCHED, COMPANIES, SIXTEEN } from './shapes.ts'

/** The slow one needs no more to be measured as well. */
const FEWER = 10
const LOOK_EVERY_MS = 20
const MS_PER_SECOND = 1_000

interface Readable { readonly perSecond: number; readonly cpu: Cpu }

const SHOWN = 'select coalesce(sum(messages), 0) as shown from read.company_totals'

const untilShown = async ({ rows }: Session, least: number): Promise<number> => {
  for (let shown = 0; ; await sleep(LOOK_EVERY_MS)) {
    shown = Number((await rows<{ readonly shown: string }>(SHOWN))[0]?.shown)
    if (shown >= least) return shown
  }
}

/** From when the read model shows a quarter, for the projector is a new process each time and begins slowly, until it shows all. */
const timed = ({ servers, connection }: Place, load: Load, shape: Shape) => async (databaseUrl: string): Promise<Readable> => {
  await unread(connection)
  const projector = await benchService('project', servers, databaseUrl)
  const ingest = await benchIngest({ connection, databaseUrl, companyIds: load.companyIds, ...shape })
  const session = await openSession(databaseUrl)
  const uncounted = await untilShown(session, load.events / 4)
  const [begun, before] = [performance.now(), cpuNow(servers, [projector.pid])]
  await untilShown(session, load.events)
  const [seconds, events] = [(performance.now() - begun) / MS_PER_SECOND, load.events - uncounted]
  const cpu = cpuEach(before, cpuNow(servers, [projector.pid]), events)
  await session.close()
  await ingest.stop()
  await projector.stop()
  return { perSecond: events / seconds, cpu }
}

export const readableRound = (place: Place, load: Load, shape: Shape): Promise<Readable> =>
  onFreshDatabase(place.servers, timed(place, load, shape))

/** Until the read model shows it, against one event per transaction, sixteen at a time, with its own projector. */
export const readableBench: Bench = ({ events = 30_000, rounds = 5, seed }) => withPlace(async (place) => {
  const load = await published(place.connection, { prefix: 'many', companies: COMPANIES, events, seed })
  const few = { ...load, events: Math.ceil(events / FEWER) }
  const fewer = await published(place.connection, { prefix: 'few', companies: COMPANIES, events: few.events, seed })
  const { batched, sixteen } = await inAlternation({
    batched: () => readableRound(place, load, BATCHED),
    sixteen: () => readableRound(place, fewer, SIXTEEN),
  }, { rounds, show: roundInWords })
  const cpu = batched.map((round) => round.cpu)
  return [ratio('ratioSixteen', rates(batched), rates(sixteen), { least: 8 }), spread('cpuMicros', cpu.map(cpuSum), { most: 180 }),
    spread('cpuMicrosNode', cpu.map(({ node }) => node)), spread('cpuMicrosPostgresql', cpu.map(({ postgresql }) => postgresql)),
    spread('cpuMicrosNats', cpu.map(({ nats }) => nats)), spread('readablePerSecond', rates(batched)),
    spread('sixteenPerSecond', rates(sixteen))]
})
