import type { FailedEvent, NOBODY } from '../../../application/ports/failed-events.ts'
import type { Unavailable } from '../../../application/ports/unavailable.ts'
import type { Problem } from '../../../application/ports/retry-queue.ts'
import { settlementOf, type Failure } from '../../../application/settlement.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { ADVICE, isReasonCode } from '../../../schemas/inbound/reason-code.ts'
import { publishedAtOf, type Delivery } from './delivery.ts'

/** Attempts of an event that nobody expected to fail (design 8). */
const MOST_ATTEMPTS = 5

/** Headers kept with a failure; more are of no use to an operator (bad inputs E88). */
const MOST_HEADERS = 50

const messageOf = (failure: Exclude<Failure, Unavailable>): string => {
  switch (failure.type) {
    case 'InvalidPayload': return isReasonCode(failure.reason) ? ADVICE[failure.reason] : 'The event is not valid.'
    case 'Unstorable': return 'PostgreSQL cannot hold a value of this event; correct it at its source.'
    case 'Bug': return 'The service failed on this event; the log line with this sequence has the stack.'
  }
}

/** A failure in words that hold no value of the payload. */
export const describeFailure = (failure: Exclude<Failure, Unavailable>): Problem => {
  const settlement = settlementOf(failure)
  return {
    reason: settlement.type === 'store' ? settlement.reason : failure.type,
    pointer: failure.type === 'InvalidPayload' ? failure.pointer : '', message: messageOf(failure),
  }
}

export interface Failing {
  readonly delivery: Delivery
  readonly companyId: CompanyId | typeof NOBODY
  readonly failure: Exclude<Failure, Unavailable>
  /** For one item of a history: its index and its own text. */
  readonly item?: { readonly index: number; readonly body: Uint8Array }
}

type Kept = Omit<FailedEvent, keyof Problem | 'fate'>

const keptOf = ({ delivery, companyId, item }: Omit<Failing, 'failure'>): Kept => ({
  companyId, subject: delivery.subject, stream: delivery.stream, sequence: delivery.sequence,
  ...(item === undefined ? {} : { item: item.index }), body: item?.body ?? delivery.data,
  headers: Object.fromEntries(Object.entries(delivery.headers).slice(0, MOST_HEADERS)),
  publishedAt: publishedAtOf(delivery), deliveries: delivery.deliveries,
})

/** An event that nobody expected to fail is tried again; `retryInSeconds`: as a dead letter. */
const attempt = (retryInSeconds: number): FailedEvent['fate'] => ({ type: 'attempt', maxAttempts: MOST_ATTEMPTS, retryInSeconds })

/** The row to keep of a failure; everything outside `body` and `headers` is free of the payload's values. */
export const failureOfEvent = (failing: Failing, retryInSeconds: number): FailedEvent => {
  const settlement = settlementOf(failing.failure)
  return { ...keptOf(failing), ...describeFailure(failing.failure),
    fate: settlement.type === 'store' && settlement.counted ? attempt(retryInSeconds) : { type: 'final' } }
}

/** The row of an attempt that has only been started; what it says is read when the process dies of it. */
export const unfinishedEvent = (begun: Omit<Failing, 'failure'>, retryInSeconds: number): FailedEvent => ({
  ...keptOf(begun), reason: 'unfinished', pointer: '', message: 'An attempt was started alone and has not ended yet.',
  fate: attempt(retryInSeconds),
})
