import { jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { obtainNatsServer } from '../../adapters/main/embedded/obtain-nats-server.ts'
import { startNats, type EmbeddedNats } from '../../adapters/main/embedded/nats-server.ts'
import { ensureStreams } from '../../adapters/inbound/nats/streams.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Broker {
  readonly url: string
  readonly connection: NatsConnection
  readonly jsm: JetStreamManager
  /** Answers the sequence under which it is stored. */
  readonly publish: (subject: string, body: Uint8Array | string) => Promise<number>
  readonly close: () => Promise<void>
}

/** A nats-server of its own with the service's streams: these tests count what is in them. */
export const openBroker = async (): Promise<Broker> => {
  const folder = mkdtempSync(join(tmpdir(), 'daisi-broker-'))
  const server: EmbeddedNats = await startNats(obtainNatsServer().path, { storeDir: folder })
  const connection = await connect({ servers: server.url })
  const jsm = await jetstreamManager(connection)
  await ensureStreams(jsm)
  const js = jetstream(connection)
  return {
    url: server.url, connection, jsm,
    publish: async (subject, body) => (await js.publish(subject, body)).seq,
    close: async () => {
      await connection.close()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
