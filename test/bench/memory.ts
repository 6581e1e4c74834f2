import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { ratio, spread } from './frame/figures.ts'
import { inAlternation } from './frame/rounds.ts'
import type { Bench } from './frame/run-bench.ts'
import { published, unread } from './load.ts'
import { onFreshDatabase } from './on-fresh-database.ts'
import { withPlace, type Place } from './place.ts'
import { openSession } from './queried.ts'
import { benchService } from './service.ts'
import { COMPANIES } from './shapes.ts'

const TIMES = 10
const LOOK_EVERY_MS = 100
const BYTES_PER_KIB = 1_024
const BYTES_PER_MB = 1e6
const MS_PER_SECOND = 1_000

/** Peak resident set of ingest after the first events and after ten times as many, MB. */
interface Peaks { readonly after: number; readonly afterTen: number; readonly perSecond: number }

/** proc(5): the largest it has ever been. */
const peakOf = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) * BYTES_PER_KIB / BYTES_PER_MB

const REACHED = 'select count(*) as stored from daisi.messages'

/** The production entry, all of its followers with it, over events that wait. */
const peaks = ({ servers, connection }: Place, events: number) => async (databaseUrl: string): Promise<Peaks> => {
  await unread(connection)
  const session = await openSession(databaseUrl)
  const until = async (least: number): Promise<void> => {
    while (Number((await session.rows<{ readonly stored: string }>(REACHED))[0]?.stored) < least) await sleep(LOOK_EVERY_MS)
  }
  const ingest = await benchService('ingest', servers, databaseUrl)
  await until(events)
  const [after, begun] = [peakOf(ingest.pid), performance.now()]
  await until(events * TIMES)
  const perSecond = events * (TIMES - 1) * MS_PER_SECOND / (performance.now() - begun)
  const afterTen = peakOf(ingest.pid)
  await ingest.stop()
  await session.close()
  return { after, afterTen, perSecond }
}

/** What ingest takes of memory at saturation, and whether that grows with what has passed through it; the first events warm it up. */
export const memoryBench: Bench = ({ events = 30_000, rounds = 5, seed }) => withPlace(async (place) => {
  await published(place.connection, { prefix: 'many', companies: COMPANIES, events: events * TIMES, seed })
  const { ingest } = await inAlternation({ ingest: () => onFreshDatabase(place.servers, peaks(place, events)) }, { rounds,
    show: ({ after, afterTen, perSecond }) => `${after.toFixed(0)} MB, then ${afterTen.toFixed(0)} MB; ${perSecond.toFixed(0)}/s` })
  const [first, ten] = [ingest.map(({ after }) => after), ingest.map(({ afterTen }) => afterTen)]
  return [spread('peakMb', ten, { most: 320 }), ratio('ratioTenTimes', ten, first, { most: 1.1 }), spread('peakAfterOneMb', first),
    spread('perSecond', ingest.map(({ perSecond }) => perSecond))]
})
