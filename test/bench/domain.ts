import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { decodeDelivery, type DecodeOptions } from '../../adapters/inbound/nats/decode-event.ts'
import type { Delivery } from '../../adapters/inbound/nats/delivery.ts'
import { REALTIME_STREAM } from '../../adapters/inbound/nats/streams.ts'
import { chance } from '../../adapters/main/sample/chance.ts'
import { uuidContactId } from '../../adapters/outbound/contact-id.ts'
import type { Instruction } from '../../application/aggregates.ts'
import { applyBatch } from '../../application/apply-batch.ts'
import type { Tx } from '../../application/ports/transactions.ts'
import { spread } from './frame/figures.ts'
import { inAlternation } from './frame/rounds.ts'
import type { Bench } from './frame/run-bench.ts'
import { messageBody } from './message-body.ts'

const COMPANIES = 64
/** As the service takes them (adapters/main/settings-table.ts). */
const BATCH = 1_000
const FIRST_STORED_MS = 1_750_000_000_000
const MICROS_PER_SECOND = 1_000_000
const OPTIONS: DecodeOptions = { contactIdOf: uuidContactId, syncDelaySeconds: 900, historyMode: 'accept_valid' }

/** The events of `pipeline`, as the broker would deliver them. */
const deliveriesOf = (events: number, seed: number): ReadonlyArray<Delivery> => {
  const source = chance(seed)
  return Array.from({ length: events }, (_, i): Delivery => ({
    subject: `v1.messages.upsert.many-${i % COMPANIES}`, stream: REALTIME_STREAM, sequence: i + 1, publishedAtMs: FIRST_STORED_MS + i,
    headers: {}, data: Buffer.from(messageBody(source, `B${i}`, i)), deliveries: 1, consumer: 'daisi_ingest', consumerSequence: i + 1,
  }))
}

/** Nothing is known yet, and nobody keeps what is decided. */
const nowhere: Tx = { load: () => TE.right({}), save: () => TE.right(undefined) }

const instructionsOf = (delivery: Delivery): ReadonlyArray<Instruction> => {
  const decoded = decodeDelivery(delivery, OPTIONS)
  if (E.isLeft(decoded)) throw new Error(`an event is invalid: ${decoded.left.reason}`)
  return decoded.right.instructions
}

const decide = async (batch: ReadonlyArray<Instruction>): Promise<void> => {
  const applied = await applyBatch(batch, nowhere)()
  if (E.isLeft(applied) || !applied.right.counts.every((facts) => facts > 0)) throw new Error('an event led to no fact')
}

/** Events of a second of CPU, all threads of the process counted: what one core does, however busy the machine is. */
const measured = async (deliveries: ReadonlyArray<Delivery>, work: (batch: ReadonlyArray<Delivery>) => Promise<void> | void) => {
  const before = process.cpuUsage()
  for (let from = 0; from < deliveries.length; from += BATCH) await work(deliveries.slice(from, from + BATCH))
  const { user, system } = process.cpuUsage(before)
  return (deliveries.length * MICROS_PER_SECOND) / (user + system)
}

const show = (perSecond: number): string => `${perSecond.toFixed(0)} events a second of CPU`

/** Decoding, translating and deciding without servers; then decoding and translating alone, to see what deciding costs. */
export const domainBench: Bench = async ({ events = 100_000, rounds = 5, seed }) => {
  const deliveries = deliveriesOf(events, seed)
  const { whole, decoded } = await inAlternation({
    whole: () => measured(deliveries, (batch) => decide(batch.flatMap(instructionsOf))),
    decoded: () => measured(deliveries, (batch) => { for (const delivery of batch) instructionsOf(delivery) }),
  }, { rounds, show })
  return [spread('eventsPerSecond', whole, { least: 100_000 }), spread('decodedPerSecond', decoded)]
}
