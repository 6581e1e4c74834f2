import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream'
import type { Delivery } from './delivery.ts'
import type { Discovered } from './discovery.ts'
import { headersOf, type Incoming } from './incoming.ts'
import { nextMessage } from './next-message.ts'

const MOST_AT_ONCE = 500

const deliveryOf = (stream: string, message: StoredMsg): Delivery => ({
  subject: message.subject, stream, sequence: message.seq, publishedAtMs: message.time.getTime(), data: message.data, deliveries: 1,
  headers: headersOf(message.header), consumer: '', consumerSequence: 0,
})

/**
 * Reads the messages of a subject that names no valid company. They have no durable, since such a token cannot be part of
 * its name; they are read directly, once each, and go the way of any invalid event: kept under company `*` (design 6).
 */
export const invalidCompanies = (jsm: JetStreamManager, onIncoming: (incoming: Incoming) => void) => {
  const readUpTo = new Map<string, number>()
  return async ({ stream, createdAtMs, subject }: Discovered['invalid'][number]): Promise<void> => {
    const key = `${stream} ${createdAtMs} ${subject}`
    for (let i = 0; i < MOST_AT_ONCE; i += 1) {
      const message = await nextMessage(jsm, stream, subject, (readUpTo.get(key) ?? 0) + 1)
      if (message === null) return
      readUpTo.set(key, message.seq)
      onIncoming({ delivery: deliveryOf(stream, message), ack: () => undefined, giveBack: () => undefined, working: () => undefined })
    }
  }
}
