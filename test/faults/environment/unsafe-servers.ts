import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import pg from 'pg'
import { ensureStreams, REALTIME_STREAM } from '../../../adapters/inbound/nats/streams.ts'
import { keepNats, keepPostgres, type KeptServer } from '../harness/kept-servers.ts'
import { steadyPort } from '../../support/steady-port.ts'

/** What a server said it had stored, and how much of that was gone after a power cut. */
export interface Loss { readonly acknowledged: number; readonly lost: number }

type CutPower = (server: KeptServer) => Promise<void>

const EVENTS = 2_000
const IN_FLIGHT = 200

const placeIn = async (folder: string) => ({ folder, port: await steadyPort(), onExit: () => undefined })

const publishAll = async (url: string): Promise<void> => {
  const connection = await connect({ servers: url })
  await ensureStreams(await jetstreamManager(connection))
  const js = jetstream(connection)
  for (let i = 0; i < EVENTS; i += IN_FLIGHT)
    await Promise.all(Array.from({ length: IN_FLIGHT }, (_, j) => js.publish('v1.messages.upsert.CONTROL', `{"message_id":"m${i + j}"}`)))
  await connection.close()
}

/** How many there are; of a stream that is gone, none. */
const countStored = async (url: string): Promise<number> => {
  const connection = await connect({ servers: url })
  try {
    const jsm = await jetstreamManager(connection)
    return await jsm.streams.info(REALTIME_STREAM).then(({ state }) => state.messages, () => 0)
  } finally {
    await connection.close()
  }
}

/** The control run of reliability M1: nats-server as it comes out of the box. */
export const lostByNats = async (folder: string, cutPower: CutPower): Promise<Loss> => {
  const server = keepNats(await placeIn(folder), 'default')
  try {
    await server.untilReady()
    await publishAll(server.url)
    await cutPower(server)
    return { acknowledged: EVENTS, lost: EVENTS - await countStored(server.url) }
  } finally {
    await server.end('SIGKILL')
  }
}

const withClient = async <A>(url: string, work: (client: pg.Client) => Promise<A>): Promise<A> => {
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The control run of reliability M12: commits that do not wait for the log to be on disk. */
export const lostByPostgres = async (folder: string, cutPower: CutPower): Promise<Loss> => {
  const server = keepPostgres(await placeIn(folder), { synchronous_commit: 'off', wal_writer_delay: '10s' })
  try {
    await server.untilReady()
    await withClient(server.url, async (client) => {
      await client.query('create table control (n integer)')
      await client.query('checkpoint')
      for (let n = 0; n < EVENTS; n += 1) await client.query('insert into control values ($1)', [n])
    })
    await cutPower(server)
    const stored = await withClient(server.url, (client) => client.query<{ n: number }>('select count(*)::int as n from control'))
    return { acknowledged: EVENTS, lost: EVENTS - (stored.rows[0]?.n ?? 0) }
  } finally {
    await server.end('SIGKILL')
  }
}
