import {
  AckPolicy, DeliverPolicy, JetStreamApiCodes, JetStreamApiError, ReplayPolicy,
  type ConsumerConfig, type ConsumerInfo, type JetStreamManager,
} from '@nats-io/jetstream'
import { HISTORY, type StreamRank } from '../../../domain/clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { HISTORY_STREAM, REALTIME_STREAM } from './streams.ts'
import { eventNames, eventsOf, generationOf } from './subjects.ts'

/** One company's consumer of one stream (design 4), for the subjects of one generation. */
export interface CompanyDurable {
  readonly companyId: CompanyId
  readonly rank: StreamRank
  readonly generation: number
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

/** The stream itself for the first generation, as releases that knew no other remember it. */
const placeOf = (stream: string, generation: number): string => (generation === 1 ? stream : `${stream}#${generation}`)

/** All places of a stream. */
export const placesOf = (stream: string): ReadonlyArray<string> =>
  [...new Set(eventNames.map(generationOf))].map((generation) => placeOf(stream, generation))

/** No company's first durable is named as a later one of another: behind `ingest` stands a digit or none. */
export const durableOf = (companyId: CompanyId, rank: StreamRank, generation = 1): CompanyDurable => {
  const [stream, role] = rank === HISTORY ? [HISTORY_STREAM, 'history'] : [REALTIME_STREAM, 'ingest']
  const name = `daisi_${role}${generation === 1 ? '' : generation}_${companyId}`
  return { companyId, rank, generation, stream, name, place: placeOf(stream, generation) }
}

/** Behind what is settled; from the beginning where nothing is. */
const startPolicy = (after: number): Partial<ConsumerConfig> => (after === 0
  ? { deliver_policy: DeliverPolicy.All }
  : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: after + 1 })

/** What it is filtered by, for good: a new event type gets a new durable (design 4). */
export const filterOf = ({ companyId, rank, generation }: CompanyDurable): string[] =>
  eventsOf(rank, generation).map((event) => `${event}.${companyId}`)

/** PostgreSQL, not the broker, remembers: so it lives in memory (measured ten times faster, design 4) and is made again from `after`. */
const configOf = (durable: CompanyDurable, { maxPending, ackWaitSeconds }: DurableLimits, after: number): Partial<ConsumerConfig> => ({
  durable_name: durable.name, filter_subjects: filterOf(durable), ack_policy: AckPolicy.Explicit, replay_policy: ReplayPolicy.Instant,
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
