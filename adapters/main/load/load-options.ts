import type { EventName } from '../../inbound/nats/subjects.ts'

/** What an operator wants of a load; the same options and seed make the same events. */
export interface LoadOptions {
  /** Which events, in equal shares. */
  readonly subjects: ReadonlyArray<EventName>
  /** Of all companies together. */
  readonly perSecond: number
  readonly seconds: number
  /** Publishes awaiting the broker's acknowledgement, at most. */
  readonly concurrency: number
  readonly companies: number
  /** `<prefix>-0` and so on; nobody else may have such names. */
  readonly companyPrefix: string
  /** Items of each history event. */
  readonly historySize: number
  /** Percent of the events: published a second time; published later than their turn; impossible to apply. */
  readonly duplicates: number
  readonly disorder: number
  readonly poison: number
  readonly seed: number
  /** For all to be applied and readable once all is published. */
  readonly waitSeconds: number
}
