import { jetstream, type ConsumerMessages, type JetStreamManager, type JsMsg } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { ensureDurable, type CompanyDurable, type DurableLimits } from './company-durable.ts'
import type { Delivery } from './delivery.ts'
import { settledPositions, type SettledPositions } from './settled-positions.ts'
import type { Incoming } from './tracked-event.ts'

const HEARTBEAT_MS = 15_000
const EXPIRES_MS = 60_000

export interface Consuming {
  readonly durable: CompanyDurable
  readonly positions: SettledPositions
  /** When the broker last showed life: a message or a heartbeat; ms since 1970. */
  readonly aliveAt: () => number
  readonly stop: () => Promise<void>
}

const headersOf = ({ headers }: JsMsg): Delivery['headers'] =>
  (headers === undefined ? {} : Object.fromEntries(headers.keys().map((name) => [name, headers.values(name)])))

const MS_PER_NANO = 1_000_000n

const deliveryOf = (message: JsMsg, { name }: CompanyDurable): Delivery => ({
  subject: message.subject, stream: message.info.stream, sequence: message.seq, publishedAtMs: Number(message.timestampNanos / MS_PER_NANO),
  headers: headersOf(message), data: message.data, deliveries: message.info.deliveryCount, consumer: name, consumerSequence: message.info.deliverySequence,
})

/** A message given back is not settled: its position stays held until it returns and ends. */
const incomingOf = (message: JsMsg, durable: CompanyDurable, positions: SettledPositions): Incoming => ({
  delivery: deliveryOf(message, durable),
  ack: () => {
    message.ack()
    positions.settled(message.seq)
  },
  giveBack: (delayMs) => { message.nak(delayMs) },
  working: () => { message.working() },
})

export interface ConsumeOptions {
  readonly connection: NatsConnection
  readonly jsm: JetStreamManager
  readonly limits: DurableLimits
  readonly onIncoming: (incoming: Incoming) => void
  readonly onTrouble: (what: string, durable: CompanyDurable) => void
}

/** A durable that is gone is made again from where we are; the client goes on pulling by itself. */
const watch = async (messages: ConsumerMessages, remake: () => Promise<void>, alive: () => void, trouble: (what: string) => void): Promise<void> => {
  for await (const status of messages.status()) {
    if (status.type === 'heartbeat' || status.type === 'next') alive()
    if (status.type === 'consumer_not_found' || status.type === 'consumer_deleted') {
      trouble(status.type)
      await remake().catch(() => { trouble('remake failed') })
    }
  }
}

/** Consumes one company's durable by callback; `after` is the last settled sequence that PostgreSQL remembers, else 0. */
export const consumeCompany = async ({ connection, jsm, limits, onIncoming, onTrouble }: ConsumeOptions, durable: CompanyDurable, after: number): Promise<Consuming> => {
  const positions = settledPositions(after)
  let aliveAt = Date.now()
  const remake = (): Promise<void> => ensureDurable(jsm, durable, limits, positions.position())
  await remake()
  const consumer = await jetstream(connection).consumers.get(durable.stream, durable.name)
  const messages = await consumer.consume({ max_messages: limits.maxPending, idle_heartbeat: HEARTBEAT_MS, expires: EXPIRES_MS, callback: (message) => {
    aliveAt = Date.now()
    positions.delivered(message.seq)
    onIncoming(incomingOf(message, durable, positions))
  } })
  void watch(messages, remake, () => { aliveAt = Date.now() }, (what) => { onTrouble(what, durable) })
  return { durable, positions, aliveAt: () => aliveAt, stop: async () => { await messages.close() } }
}
