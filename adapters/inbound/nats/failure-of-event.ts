import type { FailedEvent, NOBODY } from '../../../application/ports/failed-events.ts'
import type { Unavailable } from '../../../application/ports/unavailable.ts'
import { settlementOf, type Failure } from '../../../application/settlement.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { EpochSeconds } from '../../../domain/time.ts'
import { ADVICE, isReasonCode } from '../../../schemas/inbound/reason-code.ts'
import type { Delivery } from './delivery.ts'

/** Attempts of an event that nobody expected to fail (design 8). */
const MOST_ATTEMPTS = 5

const MS_PER_SECOND = 1_000
/** Headers kept with a failure; more are of no use to an operator (bad inputs E88). */
const MOST_HEADERS = 50

const messageOf = (failure: Exclude<Failure, Unavailable>): string => {
  switch (failure.type) {
    case 'InvalidPayload': return isReasonCode(failure.reason) ? ADVICE[failure.reason] : 'The event is not valid.'
    case 'Unstorable': return 'PostgreSQL cannot hold a value of this event; correct it at its source.'
    case 'Bug': return 'The service failed on this event; the log line with this sequence has the stack.'
  }
}

export interface Failing {
  readonly delivery: Delivery
  readonly companyId: CompanyId | typeof NOBODY
  readonly failure: Exclude<Failure, Unavailable>
  /** For one item of a history: its index and its own text. */
  readonly item?: { readonly index: number; readonly body: Uint8Array }
}

/** The row to keep of a failure; everything outside `body` and `headers` is free of the payload's values. */
export const failureOfEvent = ({ delivery, companyId, failure, item }: Failing): FailedEvent => {
  const settlement = settlementOf(failure)
  return {
    companyId, subject: delivery.subject, stream: delivery.stream, sequence: delivery.sequence,
    ...(item === undefined ? {} : { item: item.index }), body: item?.body ?? delivery.data,
    headers: Object.fromEntries(Object.entries(delivery.headers).slice(0, MOST_HEADERS)),
    publishedAt: Math.floor(delivery.publishedAtMs / MS_PER_SECOND) as EpochSeconds,
    reason: settlement.type === 'store' ? settlement.reason : failure.type,
    pointer: failure.type === 'InvalidPayload' ? failure.pointer : '',
    message: messageOf(failure), deliveries: delivery.deliveries,
    fate: settlement.type === 'store' && settlement.counted ? { type: 'attempt', maxAttempts: MOST_ATTEMPTS } : { type: 'final' },
  }
}
