import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream'
import type { Delivery } from './delivery.ts'
import type { Discovered } from './discovery.ts'
import { headersOf, type Incoming } from './incoming.ts'
import { nextMessage } from './next-message.ts'

const MOST_AT_ONCE = 500
/** Delivered and not settled, of all these subjects together; a message may be as large as the broker allows. */
const MOST_IN_HAND = 128

const deliveryOf = (stream: string, message: StoredMsg): Delivery => ({
  subject: message.subject, stream, sequence: message.seq, publishedAtMs: message.time.getTime(), data: message.data, deliveries: 1,
  headers: headersOf(message.header), consumer: '', consumerSequence: 0,
})

/** How far one subject has been read, and which of its messages are not settled yet. */
interface Reading { upTo: number; readonly inHand: Set<number> }

/** Where reading stands, subject by subject, and how much of it is not settled in all. */
const readings = () => {
  const bySubject = new Map<string, Reading>()
  let inHand = 0
  return {
    of: (key: string): Reading => {
      const reading = bySubject.get(key) ?? { upTo: 0, inHand: new Set() }
      bySubject.set(key, reading)
      return reading
    },
    took: (reading: Reading, sequence: number): void => {
      reading.inHand.add(sequence)
      inHand += 1
    },
    settled: (reading: Reading, sequence: number): void => { if (reading.inHand.delete(sequence)) inHand -= 1 },
    isFull: (): boolean => inHand >= MOST_IN_HAND,
  }
}

/**
 * Reads the messages of a subject that names no valid company. They have no durable, since such a token cannot be part of
 * its name; they are read directly and go the way of any invalid event: kept under company `*` (design 6). What is given back is read
 * again. No more than so many are in hand: while PostgreSQL is away nothing is settled, and a flood of them would fill the memory.
 */
export const invalidCompanies = (jsm: JetStreamManager, onIncoming: (incoming: Incoming) => void) => {
  const { of: readingOf, took, settled, isFull } = readings()
  const takenFrom = (reading: Reading, delivery: Delivery): Incoming => {
    const { sequence } = delivery
    took(reading, sequence)
    return { delivery, working: () => undefined, ack: () => { settled(reading, sequence) }, giveBack: () => {
      settled(reading, sequence)
      reading.upTo = Math.min(reading.upTo, sequence - 1)
    } }
  }
  return async ({ stream, createdAtMs, subject }: Discovered['invalid'][number]): Promise<void> => {
    const reading = readingOf(`${stream} ${createdAtMs} ${subject}`)
    for (let i = 0; i < MOST_AT_ONCE && !isFull(); i += 1) {
      const message = await nextMessage(jsm, stream, subject, reading.upTo + 1)
      if (message === null) return
      reading.upTo = message.seq
      if (!reading.inHand.has(message.seq)) onIncoming(takenFrom(reading, deliveryOf(stream, message)))
    }
  }
}
