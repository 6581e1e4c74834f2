import { connect, type NatsConnection } from '@nats-io/transport-node'
import { emptyStreams } from './bench-ingest.ts'
import type { BenchServers, Needs } from './bench-servers.ts'
import { withServers } from './frame/run-bench.ts'

/** Where a benchmark runs. */
export interface Place { readonly servers: BenchServers; readonly connection: NatsConnection }

/** Servers with empty streams and a connection, for as long as `work` takes. */
export const withPlace = <A>(work: (place: Place) => Promise<A>, needs?: Partial<Needs>): Promise<A> => withServers(async (servers) => {
  const connection = await connect({ servers: servers.natsUrl })
  try {
    await emptyStreams(connection)
    return await work({ servers, connection })
  } finally {
    await connection.close()
  }
}, needs)
