import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import type { IngestProbe } from '../../adapters/inbound/nats/ingest-probe.ts'
import { startIngest } from '../../adapters/inbound/nats/ingest.ts'
import { ensureStreams, HISTORY_STREAM, REALTIME_STREAM } from '../../adapters/inbound/nats/streams.ts'
import { uuidContactId } from '../../adapters/outbound/contact-id.ts'
import { postgresAcknowledgedPositions } from '../../adapters/outbound/postgres/acknowledged-positions.ts'
import { postgresCompanies } from '../../adapters/outbound/postgres/companies.ts'
import { postgresFailedEvents } from '../../adapters/outbound/postgres/failed-events.ts'
import { migrate } from '../../adapters/outbound/postgres/migrate.ts'
import { postgresLogSignal } from '../../adapters/outbound/postgres/notify.ts'
import { openOrm } from '../../adapters/outbound/postgres/orm.ts'
import { postgresProcessLeases } from '../../adapters/outbound/postgres/process-leases.ts'
import { postgresTransactions } from '../../adapters/outbound/postgres/transactions.ts'
import { noTracing } from '../../application/ports/tracing.ts'
import { handleBatch, type HandleBatch } from '../../application/commands/handle-batch.ts'
import type { CompanyId } from '../../domain/company.ts'

const STOP_WITHIN_MS = 1_000

/** The service's streams, made anew: nothing in them and no durable. */
export const emptyStreams = async (connection: NatsConnection): Promise<void> => {
  const jsm = await jetstreamManager(connection)
  for (const stream of [REALTIME_STREAM, HISTORY_STREAM]) await jsm.streams.delete(stream).catch(() => undefined)
  await ensureStreams(jsm)
}

export const freshDatabase = async (serverUrl: string): Promise<string> => {
  const name = `bench_${randomUUID().replaceAll('-', '')}`
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.query('checkpoint')
  await client.end()
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  await migrate(url.href)
  return url.href
}

export interface BenchIngest {
  readonly connection: NatsConnection
  readonly databaseUrl: string
  readonly maxItems: number
  readonly slots: number
  readonly probe?: Partial<IngestProbe>
  /** Only these, of all that publish. */
  readonly companyIds?: ReadonlyArray<string>
  /** Around the real handler, to see what is committed, and when. */
  readonly around?: (handle: HandleBatch) => HandleBatch
}

/** The real ingest over PostgreSQL in this process, as `adapters/main/ingest.ts` puts it together, without the followers. */
export const benchIngest = async (
  { connection, databaseUrl, maxItems, slots, probe, companyIds = [], around = (same) => same }: BenchIngest,
) => {
  const orm = await openOrm({ url: databaseUrl, poolSize: slots + 4, name: 'bench' })
  const signal = postgresLogSignal(orm)
  const ingest = await startIngest({
    connection, handle: around(handleBatch(postgresTransactions(orm, signal.raise))), failedEvents: postgresFailedEvents(orm),
    companies: postgresCompanies(orm), leases: postgresProcessLeases(orm), holder: 'bench', positions: postgresAcknowledgedPositions(orm),
    clock: { nowMs: () => Date.now() }, contactIdOf: uuidContactId, historyMode: 'accept_valid', syncDelaySeconds: 900,
    slots, maxItems, maxBytes: 8_388_608, companyIds: companyIds as ReadonlyArray<CompanyId>,
    ackWaitSeconds: 60, retryInSeconds: () => 60, onTrouble: () => undefined, tracing: noTracing,
    probe: {
      settled: () => undefined, failed: () => undefined, repaired: () => undefined, batch: () => undefined, received: () => undefined,
      mended: () => undefined, unusual: () => undefined, opened: () => undefined, closed: () => undefined, ...probe,
    },
  })
  return { stop: async (): Promise<void> => {
    await ingest.stop(STOP_WITHIN_MS)
    signal.stop()
    await orm.close()
  } }
}
