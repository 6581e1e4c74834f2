import * as E from 'fp-ts/lib/Either.js'
import type { Unit } from '../../../application/commands/isolate-faults.ts'
import type { EventReader, KeptEvent, ReadAsDelivered } from '../../../application/ports/event-reader.ts'
import type { Bug } from '../../../application/settlement.ts'
import type { InvalidPayload } from '../../../schemas/inbound/invalid-payload.ts'
import { bodyOfItem, decodeDelivery, type DecodedEvent, type DecodeOptions } from './decode-event.ts'
import type { Delivery } from './delivery.ts'
import { contextOf, ofItem, type Translating } from './event-context.ts'
import { describeFailure } from './failure-of-event.ts'
import { parseBody } from './json/parse.ts'
import { unitsOf } from './parts.ts'
import { eventKinds, parseSubject, type EventKind } from './subjects.ts'

const MS_PER_SECOND = 1_000
/** Where the contract's metadata (2.5) names a consumer. */
const CONSUMER = 'retry'

const deliveryOf = ({ subject, stream, sequence, publishedAt, headers, body }: KeptEvent): Delivery => ({
  subject, stream, sequence, headers, data: body, publishedAtMs: publishedAt * MS_PER_SECOND, deliveries: 1, consumer: CONSUMER,
  consumerSequence: 0,
})

type Units = E.Either<InvalidPayload, ReadonlyArray<Unit>>

/** Items that are invalid get no letter of their own from a replay, so any of them fails the whole. */
const readWhole = (delivery: Delivery, translating: Translating): Units => {
  const decoded = decodeDelivery(delivery, { ...translating, historyMode: 'all_or_nothing' })
  return E.isLeft(decoded) ? decoded : E.right(unitsOf(decoded.right))
}

const readItem = (delivery: Delivery, item: number, translating: Translating): Units => {
  const parsed = parseSubject(delivery.subject)
  if (E.isLeft(parsed)) return parsed
  const { rank, read }: EventKind = eventKinds[parsed.right.event]
  if (!('history' in read)) return readWhole(delivery, translating)
  const body = parseBody(delivery.data)
  if (E.isLeft(body)) return body
  const context = ofItem(contextOf(delivery, parsed.right.companyId, rank, translating), item)
  const found = read.history.item(body.right.value, body.right.needsTextRepair, context)
  return E.isLeft(found) ? found : E.right([found.right.instructions])
}

const read = (event: KeptEvent, translating: Translating): Units => (event.item === undefined
  ? readWhole(deliveryOf(event), translating) : readItem(deliveryOf(event), event.item, translating))

const NO_ITEMS: Omit<ReadAsDelivered, 'units'> = { invalidItems: [], bodyOfItem: () => undefined }

/** An item that was kept alone is read as before; the whole of an event as the pipeline opens it. */
const readAsDelivered = (event: KeptEvent, options: DecodeOptions): E.Either<InvalidPayload, ReadAsDelivered> => {
  if (event.item !== undefined) return E.map((units: ReadonlyArray<Unit>) => ({ units, ...NO_ITEMS }))(read(event, options))
  const delivery = deliveryOf(event)
  return E.map((decoded: DecodedEvent): ReadAsDelivered => ({
    units: unitsOf(decoded), invalidItems: decoded.invalidItems.map(({ item, body, problem }) => ({ item, body, failure: problem })),
    bodyOfItem: (index) => bodyOfItem(delivery, index),
  }))(decodeDelivery(delivery, options))
}

/** A throw is a bug of that one event. */
const caught = <A>(work: () => E.Either<InvalidPayload, A>): E.Either<InvalidPayload | Bug, A> => {
  try {
    return work()
  } catch (cause) {
    return E.left({ type: 'Bug', cause })
  }
}

/** Reads kept events with the clock and identity of their delivery. */
export const keptEventReader = (options: DecodeOptions): EventReader => ({
  read: (event) => caught(() => read(event, options)),
  readAsDelivered: (event) => caught(() => readAsDelivered(event, options)),
  describe: describeFailure,
})
