import type { Delivery } from './delivery.ts'
import type { Outcome } from './ingest-probe.ts'

/** A delivered message and how to settle it; the only view the pipeline has of the broker. */
export interface Incoming {
  readonly delivery: Delivery
  readonly ack: () => void
  /** Given back, to be delivered again after `delayMs`. */
  readonly giveBack: (delayMs: number) => void
  /** Tells the broker that it is still being worked on. */
  readonly working: () => void
}

/** An event in the pipeline. It may be cut into parts; it is settled once, when the last one is done. */
export interface TrackedEvent {
  readonly incoming: Incoming
  /** Base subject, or `invalid`. */
  readonly event: string
  readonly companyId: string
  pending: number
  facts: number
  failures: number
  retryMs: number | undefined
}

export const tracked = (incoming: Incoming, event: string, companyId: string): TrackedEvent =>
  ({ incoming, event, companyId, pending: 0, facts: 0, failures: 0, retryMs: undefined })

const outcomeOf = ({ facts, failures, retryMs }: TrackedEvent): Outcome => {
  if (retryMs !== undefined) return 'retried'
  if (failures > 0) return facts > 0 ? 'partial' : 'failed'
  return facts > 0 ? 'applied' : 'unchanged'
}

const MS_PER_SECOND = 1_000

/** Marks `parts` of the event as done; settles it with the last one: everything it led to has been committed by then. */
export const finish = (event: TrackedEvent, parts: number, nowMs: number, settled: (event: TrackedEvent, outcome: Outcome, ageSeconds: number) => void): void => {
  event.pending -= parts
  if (event.pending > 0) return
  const { incoming, retryMs } = event
  if (retryMs === undefined) incoming.ack()
  else incoming.giveBack(retryMs)
  settled(event, outcomeOf(event), (nowMs - incoming.delivery.publishedAtMs) / MS_PER_SECOND)
}
