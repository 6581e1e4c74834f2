import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { ensureStreams, HISTORY_STREAM, REALTIME_STREAM } from '../../adapters/inbound/nats/streams.ts'
import { startIngest } from '../../adapters/inbound/nats/ingest.ts'
import { chance, type Chance } from '../../adapters/main/sample/chance.ts'
import { uuidContactId } from '../../adapters/outbound/contact-id.ts'
import { postgresAcknowledgedPositions } from '../../adapters/outbound/postgres/acknowledged-positions.ts'
import { postgresCompanies } from '../../adapters/outbound/postgres/companies.ts'
import { postgresFailedEvents } from '../../adapters/outbound/postgres/failed-events.ts'
import { migrate } from '../../adapters/outbound/postgres/migrate.ts'
import { openOrm } from '../../adapters/outbound/postgres/orm.ts'
import { postgresProcessLeases } from '../../adapters/outbound/postgres/process-leases.ts'
import { postgresTransactions } from '../../adapters/outbound/postgres/transactions.ts'
import { handleBatch } from '../../application/commands/handle-batch.ts'
import { benchServers, type BenchServers } from './bench-servers.ts'
import { median } from './median.ts'

export interface BenchOptions { readonly events: number; readonly rounds: number; readonly seed: number }

const COMPANIES = 64
const MS_PER_SECOND = 1_000
const PUBLISHES_IN_FLIGHT = 500

/** How a round is run: the same code, other limits. */
interface Shape { readonly maxItems: number; readonly slots: number }

const BATCHED: Shape = { maxItems: 1_000, slots: 2 }
/** One event per transaction, sixteen at a time: the reference (issue, design). */
const SINGLE: Shape = { maxItems: 1, slots: 16 }

/** About 700 bytes, as a gateway sends it. */
const messageBody = ({ below }: Chance, i: number): string => JSON.stringify({
  message_id: `B${i}`, chat_id: `chat-${below(200)}`, jid: '6281299001144@s.whatsapp.net', agent_id: 'agent-1', flow: below(2) === 0 ? 'IN' : 'OUT',
  from_phone: `62812990${below(1_000)}`, to_phone: '6281100020003', message_type: 'extendedTextMessage', status: 'delivered',
  message_text: 'masih ada stok ukuran L? '.repeat(4), message_timestamp: 1_750_000_000 + i, key: { id: `B${i}`, fromMe: false, remoteJid: '6281299001144@s.whatsapp.net' },
  message_obj: { extendedTextMessage: { text: 'masih ada stok ukuran L?', contextInfo: { stanzaId: `S${i}`, participant: '6281299001144@s.whatsapp.net' } } },
})

const preload = async (connection: NatsConnection, { events, seed }: BenchOptions): Promise<void> => {
  const jsm = await jetstreamManager(connection)
  await ensureStreams(jsm)
  for (const stream of [REALTIME_STREAM, HISTORY_STREAM]) {
    for await (const { name } of jsm.consumers.list(stream)) await jsm.consumers.delete(stream, name)
    await jsm.streams.purge(stream)
  }
  const js = jetstream(connection)
  const source = chance(seed)
  for (let i = 0; i < events; i += PUBLISHES_IN_FLIGHT) {
    await Promise.all(Array.from({ length: Math.min(PUBLISHES_IN_FLIGHT, events - i) }, (_, j) =>
      js.publish(`v1.messages.upsert.bench-${(i + j) % COMPANIES}`, messageBody(source, i + j))))
  }
}

const freshDatabase = async (serverUrl: string): Promise<string> => {
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

/** Seconds from the start of pulling until the last of the preloaded events is committed and acknowledged. */
const runRound = async ({ databaseUrl, natsUrl }: BenchServers, options: BenchOptions, { maxItems, slots }: Shape): Promise<number> => {
  const connection = await connect({ servers: natsUrl })
  await preload(connection, options)
  const orm = await openOrm({ url: await freshDatabase(databaseUrl), poolSize: slots + 4, name: 'bench' })
  const finished = Promise.withResolvers<void>()
  let applied = 0
  const begun = performance.now()
  const ingest = await startIngest({
    connection, handle: handleBatch(postgresTransactions(orm)), failedEvents: postgresFailedEvents(orm), companies: postgresCompanies(orm),
    leases: postgresProcessLeases(orm), holder: 'bench',
    positions: postgresAcknowledgedPositions(orm), clock: { nowMs: () => Date.now() }, contactIdOf: uuidContactId,
      historyMode: 'accept_valid', syncDelaySeconds: 900,
    slots, maxItems, maxBytes: 8_388_608, companyIds: [], ackWaitSeconds: 60, retryInSeconds: () => 60, onTrouble: () => undefined,
    probe: {
      settled: (_, outcome) => {
        if (outcome !== 'applied') finished.reject(new Error(`an event was ${outcome}`))
        applied += 1
        if (applied === options.events) finished.resolve()
      },
      failed: () => undefined, repaired: () => undefined, batch: () => undefined, queued: () => undefined, mended: () => undefined,
      opened: () => undefined, closed: () => undefined,
    },
  })
  await finished.promise
  const seconds = (performance.now() - begun) / MS_PER_SECOND
  await ingest.stop(MS_PER_SECOND)
  await connection.close()
  await orm.close()
  return seconds
}

/**
 * Preloaded events through the real pipeline to committed: batched, and one event per transaction with sixteen in flight, by
 * turns on the same servers, after a warm-up of each. Rates are medians; the ratio is that of the medians.
 */
export const pipelineBench = async (options: BenchOptions): Promise<Readonly<Record<string, number>>> => {
  const servers = await benchServers()
  try {
    const rates: { batched: number[]; single: number[] } = { batched: [], single: [] }
    for (let round = 0; round <= options.rounds; round += 1) {
      const [batched, single] = [options.events / await runRound(servers, options, BATCHED), options.events / await runRound(servers,
        options, SINGLE)]
      process.stderr.write(`${round === 0 ? 'warm-up' : `round ${round}`}: batched ${batched.toFixed(0)}/s, single ${single.toFixed(0)}/s\n`)
      if (round > 0) {
        rates.batched.push(batched)
        rates.single.push(single)
      }
    }
    const [batchedPerSecond, singlePerSecond] = [Math.round(median(rates.batched)), Math.round(median(rates.single))]
    return { ratio: Number((batchedPerSecond / singlePerSecond).toFixed(2)), batchedPerSecond, singlePerSecond, events: options.events,
      companies: COMPANIES }
  } finally {
    await servers.stop()
  }
}
