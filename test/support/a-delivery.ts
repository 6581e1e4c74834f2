import type { Delivery } from '../../adapters/inbound/nats/delivery.ts'
import type { Incoming } from '../../adapters/inbound/nats/incoming.ts'
import { HISTORY_STREAM, REALTIME_STREAM } from '../../adapters/inbound/nats/streams.ts'
import { NOON } from './an-observation.ts'

const MS_PER_SECOND = 1_000

const bytesOf = (body: unknown): Uint8Array => new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body))

/** The first message of its stream, stored at noon; `body` is text as it is, or a value to encode. */
export const aDelivery = (subject: string, body: unknown, more: Partial<Delivery> = {}): Delivery => ({
  subject, stream: subject.startsWith('v1.history') ? HISTORY_STREAM : REALTIME_STREAM, sequence: 1,
  publishedAtMs: NOON * MS_PER_SECOND + 999,
  headers: {}, data: bytesOf(body), deliveries: 1, consumer: 'daisi_ingest_acme', consumerSequence: 1, ...more,
})

/** A delivery that remembers how it was settled. */
export interface Settled extends Incoming { readonly outcome: () => 'held' | 'acked' | { readonly givenBackMs: number } }

export const settling = (delivery: Delivery): Settled => {
  let outcome: ReturnType<Settled['outcome']> = 'held'
  const settle = (as: typeof outcome): void => {
    if (outcome !== 'held') throw new Error('settled twice')
    outcome = as
  }
  return {
    delivery, outcome: () => outcome, working: () => undefined,
    ack: () => { settle('acked') },
    giveBack: (delayMs) => { settle({ givenBackMs: delayMs }) },
  }
}

export const aMessageBody = (messageId: string, more: object = {}): object =>
  ({ message_id: messageId, chat_id: 'c1', jid: '62812@s.whatsapp.net', flow: 'IN', agent_id: 'a1', from_phone: '62812', ...more })
