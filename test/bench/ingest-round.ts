import type { NatsConnection } from '@nats-io/nats-core'
import type { Outcome } from '../../adapters/inbound/nats/ingest-probe.ts'
import { benchIngest } from './bench-ingest.ts'
import type { BenchServers } from './bench-servers.ts'
import { cpuEach, cpuNow, type Cpu } from './frame/cpu.ts'
import { unread, type Load } from './load.ts'

/** How ingest runs: the same code, other limits. */
export interface Shape { readonly maxItems: number; readonly slots: number }

/** CPU of an event, µs, by kind of process. */
export interface Round { readonly perSecond: number; readonly cpu: Cpu; readonly outcomes: Readonly<Record<Outcome, number>> }

export interface IngestRound {
  readonly servers: BenchServers
  readonly connection: NatsConnection
  readonly databaseUrl: string
  readonly load: Load
  readonly shape: Shape
}

const MS_PER_SECOND = 1_000

/**
 * Events that wait, through the real ingest: from when the first has been settled, which is when all is open and warm, until the last
 * is committed and acknowledged. Whoever read them before is forgotten.
 */
export const ingestRound = async (
  { servers, connection, databaseUrl, load: { companyIds, events }, shape }: IngestRound,
): Promise<Round> => {
  await unread(connection)
  const finished = Promise.withResolvers<void>()
  const outcomes = { applied: 0, unchanged: 0, partial: 0, failed: 0, retried: 0 }
  let [settled, begun, cpuBefore] = [0, 0, cpuNow(servers)]
  const ingest = await benchIngest({ connection, databaseUrl, companyIds, ...shape, probe: { settled: (_, outcome) => {
    if (settled === 0) [begun, cpuBefore] = [performance.now(), cpuNow(servers)]
    settled += 1
    outcomes[outcome] += 1
    if (settled === events) finished.resolve()
  } } })
  await finished.promise
  const seconds = (performance.now() - begun) / MS_PER_SECOND
  const cpu = cpuEach(cpuBefore, cpuNow(servers), events)
  await ingest.stop()
  return { perSecond: events / seconds, cpu, outcomes }
}
