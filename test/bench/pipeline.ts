import { connect } from '@nats-io/transport-node'
import { chance } from '../../adapters/main/sample/chance.ts'
import { benchIngest, emptyStreams, freshDatabase } from './bench-ingest.ts'
import { benchServers, type BenchServers } from './bench-servers.ts'
import { median } from './median.ts'
import { messageBody } from './message-body.ts'
import { publishAll } from './publish.ts'

export interface BenchOptions { readonly events: number; readonly rounds: number; readonly seed: number }

const COMPANIES = 64
const MS_PER_SECOND = 1_000

/** How a round is run: the same code, other limits. */
interface Shape { readonly maxItems: number; readonly slots: number }

const BATCHED: Shape = { maxItems: 1_000, slots: 2 }
/** One event per transaction, sixteen at a time: the reference (issue, design). */
const SINGLE: Shape = { maxItems: 1, slots: 16 }

/** Seconds from the start of pulling until the last of the preloaded events is committed and acknowledged. */
const runRound = async ({ databaseUrl, natsUrl }: BenchServers, options: BenchOptions, { maxItems, slots }: Shape): Promise<number> => {
  const connection = await connect({ servers: natsUrl })
  await emptyStreams(connection)
  const source = chance(options.seed)
  await publishAll(connection, options.events, (i) => [`v1.messages.upsert.bench-${i % COMPANIES}`, messageBody(source, `B${i}`, i)])
  const database = await freshDatabase(databaseUrl)
  const finished = Promise.withResolvers<void>()
  let applied = 0
  const begun = performance.now()
  const ingest = await benchIngest({ connection, databaseUrl: database, maxItems, slots, probe: {
    settled: (_, outcome) => {
      if (outcome !== 'applied') finished.reject(new Error(`an event was ${outcome}`))
      applied += 1
      if (applied === options.events) finished.resolve()
    },
  } })
  await finished.promise
  const seconds = (performance.now() - begun) / MS_PER_SECOND
  await ingest.stop()
  await connection.close()
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
