import * as E from 'fp-ts/lib/Either.js'
import { decodeDelivery, type DecodedEvent } from '../../adapters/inbound/nats/decode-event.ts'
import type { Delivery } from '../../adapters/inbound/nats/delivery.ts'
import { failureOfEvent } from '../../adapters/inbound/nats/failure-of-event.ts'
import { keptEventReader } from '../../adapters/inbound/nats/kept-event-reader.ts'
import { unitsOf } from '../../adapters/inbound/nats/parts.ts'
import { isolateFaults, type HandleUnits, type Unit } from '../../application/commands/isolate-faults.ts'
import type { HandleBatch } from '../../application/commands/handle-batch.ts'
import type { FailedEvent, FailedEvents } from '../../application/ports/failed-events.ts'
import type { CompanyId } from '../../domain/company.ts'
import { aDelivery } from '../support/a-delivery.ts'
import { rightOf } from '../support/right-of.ts'
import { decoding } from '../support/translating.ts'
import type { AnyBody } from './any-body.ts'

/** What became of events: counts that add up to all of them. */
export interface Fates { applied: number; unchanged: number; partial: number; refused: number }

export const noFates = (): Fates => ({ applied: 0, unchanged: 0, partial: 0, refused: 0 })

const RETRY_IN_SECONDS = 60

/** The `sequence`th message of its stream. */
export const deliveryOf = ({ event, bytes }: AnyBody, company: string, sequence: number): Delivery =>
  aDelivery(`${event}.${company}`, '', { data: bytes, sequence })

const opened = (delivery: Delivery) => decodeDelivery(delivery, decoding)

const failuresOf = (delivery: Delivery, companyId: CompanyId, decoded: ReturnType<typeof opened>): ReadonlyArray<FailedEvent> => {
  if (E.isLeft(decoded)) return [failureOfEvent({ delivery, companyId, failure: decoded.left }, RETRY_IN_SECONDS)]
  return decoded.right.invalidItems.map(({ item: index, problem, body }) =>
    failureOfEvent({ delivery, companyId, failure: problem, item: { index, body } }, RETRY_IN_SECONDS))
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/** The bytes that are kept are the event's, or, of an item, a part of them. */
export const expectOwnBytes = (data: Uint8Array, { item, body }: Pick<FailedEvent, 'item' | 'body'>): void => {
  const own = item === undefined ? sameBytes(data, body) : Buffer.from(data).includes(Buffer.from(body))
  if (!own) throw new Error('the bytes of a failure are not those of the event')
}

const reader = keptEventReader(decoding)

/** A retry reads what is kept and comes to the same: nothing that was refused is let in by another door. */
const expectRefusedAgain = (failure: FailedEvent): void => {
  const read = reader.read(failure)
  if (E.isRight(read) || read.left.type !== 'InvalidPayload' || read.left.reason !== failure.reason)
    throw new Error(`kept for ${failure.reason}, but read again otherwise`)
}

const fateOf = (decoded: DecodedEvent, facts: number): keyof Fates => {
  if (decoded.invalidItems.length > 0) return 'partial'
  return facts > 0 ? 'applied' : 'unchanged'
}

export interface Ports { readonly handle: HandleBatch; readonly failedEvents: FailedEvents }

/** All units go through; one that does not is a finding: decoding let something in that cannot be stored. */
const factsOf = async (handleUnits: HandleUnits, units: ReadonlyArray<Unit>): Promise<ReadonlyArray<number>> =>
  (await rightOf(handleUnits(units))).map((verdict) => {
    if (verdict.type === 'done') return verdict.facts
    throw new Error('what was decoded could not be stored', { cause: verdict.failure })
  })

/** Decodes, handles and stores `bodies` together, and adds up what became of each; throws where one is not accounted for. */
export const accounting = ({ handle, failedEvents }: Ports, company: string) => {
  const companyId = company as CompanyId
  const handleUnits = isolateFaults(handle)
  let sequence = 0
  return async (bodies: ReadonlyArray<AnyBody>, fates: Fates): Promise<ReadonlyArray<FailedEvent>> => {
    const events = bodies.map((body) => {
      const delivery = deliveryOf(body, company, sequence += 1)
      const decoded = opened(delivery)
      return { delivery, decoded, units: E.isRight(decoded) ? unitsOf(decoded.right) : [] }
    })
    const facts = [...await factsOf(handleUnits, events.flatMap(({ units }) => units))]
    const failures = events.flatMap(({ delivery, decoded }) => {
      const own = failuresOf(delivery, companyId, decoded)
      for (const failure of own) {
        expectOwnBytes(delivery.data, failure)
        expectRefusedAgain(failure)
      }
      return own
    })
    if (failures.length > 0) await rightOf(failedEvents.record(failures))
    for (const { decoded, units } of events) {
      const sum = facts.splice(0, units.length).reduce((total, count) => total + count, 0)
      fates[E.isLeft(decoded) ? 'refused' : fateOf(decoded.right, sum)] += 1
    }
    return failures
  }
}
