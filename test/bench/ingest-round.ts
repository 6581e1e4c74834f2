import type { Outcome } from '../../adapters/inbound/nats/ingest-probe.ts'
import { benchIngest } from './bench-ingest.ts'
import { cpuEach, cpuNow, type Cpu } from './frame/cpu.ts'
import { unread, type Load } from './load.ts'
import type { Place } from './place.ts'

/** How ingest runs: the same code, other limits. */
export interface Shape { readonly maxItems: number; readonly slots: number }

/** CPU of an event, µs, by kind of process. */
export interface Round { readonly perSecond: number; readonly cpu: Cpu }

export interface IngestRound extends Place {
  readonly databaseUrl: string
  readonly load: Load
  readonly shape: Shape
  /** What may become of an event; anything else ends the round. */
  readonly wanted?: ReadonlyArray<Outcome>
}

const MS_PER_SECOND = 1_000

export const rates = (rounds: ReadonlyArray<Pick<Round, 'perSecond'>>): ReadonlyArray<number> => rounds.map(({ perSecond }) => perSecond)

const cpuInWords = ({ node, postgresql, nats }: Cpu): string =>
  `; CPU of an event: Node ${node.toFixed(0)} + PostgreSQL ${postgresql.toFixed(0)} + NATS ${nats.toFixed(0)} µs`

export const roundInWords = ({ perSecond, cpu }: Pick<Round, 'perSecond'> & Partial<Round>): string =>
  `${perSecond.toFixed(0)}/s${cpu === undefined ? '' : cpuInWords(cpu)}`

/**
 * Events that wait, through the real ingest: from when the first batch has been settled, which is when all is open, until the last
 * event is committed and acknowledged; those of the first batch do not count. Whoever read them before is forgotten.
 */
export const ingestRound = async (
  { servers, connection, databaseUrl, load: { companyIds, events }, shape, wanted = ['applied'] }: IngestRound,
): Promise<Round> => {
  await unread(connection)
  const finished = Promise.withResolvers<void>()
  let [settled, uncounted, begun, cpuBefore] = [0, 0, 0, cpuNow(servers)]
  const begin = (): void => { [uncounted, begun, cpuBefore] = [settled, performance.now(), cpuNow(servers)] }
  const ingest = await benchIngest({ connection, databaseUrl, companyIds, ...shape, probe: { settled: (_, outcome) => {
    if (!wanted.includes(outcome)) finished.reject(new Error(`an event was ${outcome}`))
    if (settled === 0) setImmediate(begin)
    settled += 1
    if (settled === events) finished.resolve()
  } } })
  await finished.promise
  const seconds = (performance.now() - begun) / MS_PER_SECOND
  const cpu = cpuEach(cpuBefore, cpuNow(servers), events - uncounted)
  await ingest.stop()
  return { perSecond: (events - uncounted) / seconds, cpu }
}
