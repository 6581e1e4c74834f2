import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { connect } from '@nats-io/transport-node'
import { DLQ_STREAM, ensureStreams, HISTORY_STREAM, REALTIME_STREAM } from '../../adapters/inbound/nats/streams.ts'

export interface FreshStreams {
  readonly connection: NatsConnection
  readonly jsm: JetStreamManager
  readonly close: () => Promise<void>
}

/** The contract's three streams on the test server, new and empty; test files run one after the other, for the names are fixed. */
export const freshStreams = async (): Promise<FreshStreams> => {
  const connection = await connect({ servers: process.env['TEST_NATS_URL'] ?? '' })
  const jsm = await jetstreamManager(connection)
  for (const stream of [REALTIME_STREAM, HISTORY_STREAM, DLQ_STREAM]) await jsm.streams.delete(stream).catch(() => false)
  await ensureStreams(jsm)
  return { connection, jsm, close: () => connection.close() }
}
