import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'

/** A message as the broker keeps it. */
export interface Stored {
  readonly stream: string
  readonly sequence: number
  readonly subject: string
  /** Whole seconds since 1970, the broker's time of storage. */
  readonly publishedAt: number
  readonly body: Buffer
}

/** Where events come in (contract 1.2). */
export const EVENT_STREAMS = ['wa_events_stream', 'wa_history_events_stream'] as const

const NANOS_PER_SECOND = 1_000_000_000n
const READ_WITHIN_MS = 60_000

/** Every message of the streams named, in order; one that does not exist has none. */
export const readStreams = async (url: string, streams: ReadonlyArray<string>): Promise<ReadonlyArray<Stored>> => {
  const connection = await connect({ servers: url })
  try {
    const jsm = await jetstreamManager(connection)
    const all: Stored[] = []
    for (const stream of streams) {
      const messages = await jsm.streams.info(stream).then(({ state }) => state.messages, () => 0)
      if (messages === 0) continue
      const consumer = await jetstream(connection).consumers.get(stream)
      const pulled = await consumer.consume({ max_messages: 1_000 })
      const guard = setTimeout(() => { pulled.stop() }, READ_WITHIN_MS)
      let left = messages
      for await (const { seq: sequence, subject, data, timestampNanos } of pulled) {
        all.push({ stream, sequence, subject, publishedAt: Number(timestampNanos / NANOS_PER_SECOND), body: Buffer.from(data) })
        left -= 1
        if (left === 0) break
      }
      clearTimeout(guard)
      if (left > 0) throw new Error(`${left} of ${messages} messages of ${stream} could not be read`)
    }
    return all
  } finally {
    await connection.close()
  }
}
