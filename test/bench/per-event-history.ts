import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream'
import * as E from 'fp-ts/lib/Either.js'
import { decodeDelivery } from '../../adapters/inbound/nats/decode-event.ts'
import { incomingOf, type Incoming } from '../../adapters/inbound/nats/incoming.ts'
import { HISTORY_STREAM } from '../../adapters/inbound/nats/streams.ts'
import { uuidContactId } from '../../adapters/outbound/contact-id.ts'
import { openOrm } from '../../adapters/outbound/postgres/orm.ts'
import { postgresTransactions } from '../../adapters/outbound/postgres/transactions.ts'
import { handleBatch, type HandleBatch } from '../../application/commands/handle-batch.ts'
import type { Place } from './place.ts'
import { unread, type Load } from './load.ts'

const PER_EVENT = 'bench_per_event'
const PULLED = 50
const MS_PER_SECOND = 1_000

/** Read, decided, written, acknowledged: one history, one transaction, one bulk statement. */
const handled = async (handle: HandleBatch, incoming: Incoming): Promise<number> => {
  const options = { historyMode: 'accept_valid', contactIdOf: uuidContactId, syncDelaySeconds: 900 } as const
  const decoded = decodeDelivery(incoming.delivery, options)
  if (E.isLeft(decoded)) throw new Error(`a history of the benchmark is invalid: ${decoded.left.reason}`)
  const done = await handle(decoded.right.instructions)()
  if (E.isLeft(done)) throw done.left.cause
  incoming.ack()
  return decoded.right.instructions.length
}

/** Hands the messages to whoever asks, one by one. */
const shared = (messages: ConsumerMessages): (() => Promise<Incoming | undefined>) => {
  const iterator = messages[Symbol.asyncIterator]()
  let last: Promise<Incoming | undefined> = Promise.resolve(undefined)
  return () => {
    last = last.then(() => iterator.next()).then(({ value, done }) => (done === true ? undefined : incomingOf(value as JsMsg)))
    return last
  }
}

const deliveries = async ({ connection }: Place): Promise<ConsumerMessages> => {
  const jsm = await jetstreamManager(connection)
  const info = await jsm.consumers.add(HISTORY_STREAM, { durable_name: PER_EVENT, ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All, mem_storage: true, filter_subject: 'v1.history.messages.*' })
  return jetstream(connection).consumers.getConsumerFromInfo(info).consume({ max_messages: PULLED })
}

/** Connections are open and their plans' catalogs read when so many have passed; from then on it is timed. */
const UNCOUNTED = 4

/** The design without batches across events: so many histories at a time, each a transaction of its own. Messages a second. */
export const perEventHistory = async (place: Place, databaseUrl: string, { events }: Load, inFlight: number): Promise<number> => {
  await unread(place.connection)
  const orm = await openOrm({ url: databaseUrl, poolSize: inFlight, name: 'bench-per-event' })
  const handle = handleBatch(postgresTransactions(orm))
  const messages = await deliveries(place)
  const next = shared(messages)
  let [taken, items, begun] = [0, 0, 0]
  const work = async (): Promise<void> => {
    while (taken < events) {
      taken += 1
      if (taken === UNCOUNTED * inFlight) [items, begun] = [0, performance.now()]
      const incoming = await next()
      const stored = incoming === undefined ? 0 : await handled(handle, incoming)
      items += stored
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work))
  const seconds = (performance.now() - begun) / MS_PER_SECOND
  messages.stop()
  await orm.close()
  return items / seconds
}
