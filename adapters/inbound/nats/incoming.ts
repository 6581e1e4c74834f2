import type { JsMsg } from '@nats-io/jetstream'
import type { Delivery } from './delivery.ts'

/** A delivered message and how to settle it; the only view the pipeline has of the broker. */
export interface Incoming {
  readonly delivery: Delivery
  readonly ack: () => void
  /** Given back, to be delivered again after `delayMs`. */
  readonly giveBack: (delayMs: number) => void
  /** Tells the broker that it is still being worked on. */
  readonly working: () => void
}

const MS_PER_NANO = 1_000_000n

export const headersOf = (headers: JsMsg['headers']): Delivery['headers'] =>
  (headers === undefined ? {} : Object.fromEntries(headers.keys().map((name) => [name, headers.values(name)])))

export const incomingOf = (message: JsMsg): Incoming => {
  const { subject, data, seq: sequence, info: { stream, consumer, deliveryCount, deliverySequence } } = message
  return {
    delivery: {
      subject, stream, sequence, data, publishedAtMs: Number(message.timestampNanos / MS_PER_NANO), headers: headersOf(message.headers),
      deliveries: deliveryCount, consumer, consumerSequence: deliverySequence,
    },
    ack: () => { message.ack() },
    giveBack: (delayMs) => { message.nak(delayMs) },
    working: () => { message.working() },
  }
}
