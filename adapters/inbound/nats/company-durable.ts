import {
  AckPolicy, DeliverPolicy, JetStreamApiCodes, JetStreamApiError, ReplayPolicy,
  type ConsumerConfig, type ConsumerInfo, type JetStreamManager,
} from '@nats-io/jetstream'
import { HISTORY, type StreamRank } from '../../../domain/clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { HISTORY_STREAM, REALTIME_STREAM } from './streams.ts'
import { eventNames, eventsOf, versionOf } from './subjects.ts'

/** One company's consumer of one stream (design 4), for the subjects of one version (ADR 0017). */
export interface CompanyDurable {
  readonly companyId: CompanyId
  readonly rank: StreamRank
  readonly version: number
  readonly stream: string
  readonly name: string
  /** What PostgreSQL remembers its position by. */
  readonly place: string
}

export const NANOS_PER_SECOND = 1_000_000_000

/** How a durable is made. */
export interface DurableLimits {
  /** Delivered and not yet acknowledged, at most. */
  readonly maxPending: number
  /** What is neither acknowledged nor worked on is delivered again after this: so long the events of a dead process wait. */
  readonly ackWaitSeconds: number
}

/** The stream itself for the first version, as releases that knew no other remember it. */
const placeOf = (stream: string, version: number): string => (version === 1 ? stream : `${stream}#${version}`)

/** All places of a stream. */
export const placesOf = (stream: string): ReadonlyArray<string> =>
  [...new Set(eventNames.map(versionOf))].map((version) => placeOf(stream, version))

/** No company's first durable is named as a later one of another: behind `ingest` stands a digit or none. */
export const durableOf = (companyId: CompanyId, rank: StreamRank, version = 1): CompanyDurable => {
  const [stream, role] = rank === HISTORY ? [HISTORY_STREAM, 'history'] : [REALTIME_STREAM, 'ingest']
  const name = `daisi_${role}${version === 1 ? '' : version}_${companyId}`
  return { companyId, rank, version, stream, name, place: placeOf(stream, version) }
}

/** Behind what is settled; from the beginning where nothing is. */
const startPolicy = (after: number): Partial<ConsumerConfig> => (after === 0
  ? { deliver_policy: DeliverPolicy.All }
  : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: after + 1 })

/** The subjects that it has to read. */
export const subjectsOf = ({ companyId, rank, version }: CompanyDurable): ReadonlyArray<string> =>
  eventsOf(rank, version).map((event) => `${event}.${companyId}`)

/** What it is filtered by, for good: one pattern, for the broker searches message by message where there are several (ADR 0018). */
export const filterOf = ({ companyId, version }: CompanyDurable): string => `v${version}.*.*.${companyId}`

/** By what one that is there is filtered. */
export const filtersOf = ({ config: { filter_subject: one, filter_subjects: some } }: ConsumerInfo): ReadonlyArray<string> =>
  [...(some ?? []), ...(one === undefined || one === '' ? [] : [one])]

/** The subjects that it has to read and does not; releases before ADR 0018 named each subject in the filter. */
export const unreadBy = (info: ConsumerInfo, durable: CompanyDurable): ReadonlyArray<string> => {
  const filters = filtersOf(info)
  return filters.includes(filterOf(durable)) ? [] : subjectsOf(durable).filter((subject) => !filters.includes(subject))
}

/** PostgreSQL, not the broker, remembers: so it lives in memory (measured ten times faster, design 4) and is made again from `after`. */
const configOf = (durable: CompanyDurable, { maxPending, ackWaitSeconds }: DurableLimits, after: number): Partial<ConsumerConfig> => ({
  durable_name: durable.name, filter_subjects: [filterOf(durable)], ack_policy: AckPolicy.Explicit, replay_policy: ReplayPolicy.Instant,
  max_deliver: -1, mem_storage: true, max_ack_pending: maxPending, ack_wait: ackWaitSeconds * NANOS_PER_SECOND, ...startPolicy(after),
})

const isMissing = (cause: unknown): boolean => cause instanceof JetStreamApiError && cause.code === JetStreamApiCodes.ConsumerNotFound

/** A position beyond the stream's end is another stream's, deleted and made again: nothing of this one is settled. */
const startOf = async (jsm: JetStreamManager, { stream }: CompanyDurable, after: number): Promise<number> => {
  if (after === 0) return 0
  const { state } = await jsm.streams.info(stream)
  return after > state.last_seq ? 0 : after
}

/** What `ensureDurable` makes where nothing is. */
export interface WantedDurable extends CompanyDurable {
  readonly limits: DurableLimits
  /** Every sequence up to it is settled; 0 where none is. */
  readonly after: number
}

/**
 * The durable, made unless it is there. Of one that is there only `max_ack_pending` is changed, which shares out our own
 * memory; what else differs is for `durableDrift` to tell (measured: an added subject skips its older messages). Rejects with
 * the broker's errors.
 */
export const ensureDurable = async (jsm: JetStreamManager, { limits, after, ...durable }: WantedDurable): Promise<ConsumerInfo> => {
  const { stream, name } = durable
  try {
    const info = await jsm.consumers.info(stream, name)
    if (info.config.max_ack_pending === limits.maxPending) return info
    return await jsm.consumers.update(stream, name, { max_ack_pending: limits.maxPending })
  } catch (cause) {
    if (!isMissing(cause)) throw cause
    return jsm.consumers.add(stream, configOf(durable, limits, await startOf(jsm, durable, after)))
  }
}
