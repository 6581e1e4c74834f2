import { REALTIME_STREAM } from '../../adapters/inbound/nats/streams.ts'
import type { BenchServers } from './bench-servers.ts'
import { bulkWrites } from './bulk-writes.ts'
import { spread } from './frame/figures.ts'
import { inAlternation, type Variant } from './frame/rounds.ts'
import { withServers, type Bench } from './frame/run-bench.ts'
import { messageEvents } from './load.ts'
import { onFreshDatabase } from './on-fresh-database.ts'
import { preparedSaves, type PreparedSave } from './prepared-saves.ts'
import { BATCHED, COMPANIES } from './shapes.ts'

const LIMIT_CONNECTIONS = 2

/** Items a second, of a fresh database. */
export const limitRound = (
  servers: BenchServers, saves: ReadonlyArray<PreparedSave>, connections = LIMIT_CONNECTIONS,
): Variant<number> => () => onFreshDatabase(servers, (databaseUrl) => bulkWrites(databaseUrl, saves, connections))

/** The rows, states and facts of messages as the pipeline writes them, with nothing else to do: over one connection and over two. */
export const limitBench: Bench = ({ events = 20_000, rounds = 5, seed }) => withServers(async (servers) => {
  const messages = messageEvents({ prefix: 'many', companies: COMPANIES, events, seed })
  const saves = await preparedSaves(REALTIME_STREAM, messages, BATCHED.maxItems)
  const { two, one } = await inAlternation({ two: limitRound(servers, saves), one: limitRound(servers, saves, 1) },
    { rounds, show: (perSecond) => `${perSecond.toFixed(0)}/s` })
  return [spread('limitPerSecond', two), spread('limitOneConnectionPerSecond', one)]
})
