import type { NOBODY } from '../../../application/ports/failed-events.ts'
import type { OpenSpan } from '../../../application/ports/tracing.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { Delivery } from './delivery.ts'
import type { Incoming } from './incoming.ts'
import type { Outcome, Took } from './ingest-probe.ts'

/** An event in the pipeline. It may be cut into parts; it is settled once, when the last one is done. */
export interface TrackedEvent {
  /** What it is known by: `placeOf` its delivery. */
  readonly place: string
  /** The newest delivery of it: only that one can be settled. */
  incoming: Incoming
  /** Base subject, or `invalid`. */
  readonly event: string
  readonly companyId: CompanyId | typeof NOBODY
  /** First delivered to this process, ms since 1970. */
  readonly acceptedAtMs: number
  pending: number
  facts: number
  failures: number
  /** Of the failures, those of items of a history; another one is the whole event's. */
  readonly failedItems: number[]
  retryMs: number | undefined
  /** From accepted to settled, where somebody traces. */
  span: OpenSpan | undefined
}

/** Identity of an event (design 5); a stream that was made anew counts from 1 again, and only the time tells. */
export const placeOf = ({ stream, sequence, publishedAtMs }: Pick<Delivery, 'stream' | 'sequence' | 'publishedAtMs'>): string =>
  `${stream} ${sequence} ${publishedAtMs}`

export const tracked = (incoming: Incoming, event: string, companyId: TrackedEvent['companyId'], acceptedAtMs: number): TrackedEvent =>
  ({ place: placeOf(incoming.delivery), incoming, event, companyId, acceptedAtMs, pending: 0, facts: 0, failures: 0, failedItems: [],
    retryMs: undefined, span: undefined })

const outcomeOf = ({ facts, failures, retryMs }: TrackedEvent): Outcome => {
  if (retryMs !== undefined) return 'retried'
  if (failures > 0) return facts > 0 ? 'partial' : 'failed'
  return facts > 0 ? 'applied' : 'unchanged'
}

const MS_PER_SECOND = 1_000

export type Settled = (event: TrackedEvent, outcome: Outcome, took: Took) => void

/** Marks `parts` of the event as done; settles it with the last one: everything it led to has been committed by then. */
export const finish = (event: TrackedEvent, parts: number, nowMs: number, settled: Settled): void => {
  event.pending -= parts
  if (event.pending > 0) return
  const { incoming, retryMs } = event
  if (retryMs === undefined) incoming.ack()
  else incoming.giveBack(retryMs)
  settled(event, outcomeOf(event), { ageSeconds: (nowMs - incoming.delivery.publishedAtMs) / MS_PER_SECOND,
    processingSeconds: (nowMs - event.acceptedAtMs) / MS_PER_SECOND })
}
