import {
  AckPolicy, DeliverPolicy, JetStreamApiCodes, JetStreamApiError, ReplayPolicy,
  type ConsumerConfig, type ConsumerInfo, type JetStreamManager,
} from '@nats-io/jetstream'
import { HISTORY, type StreamRank } from '../../../domain/clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { HISTORY_STREAM, REALTIME_STREAM } from './streams.ts'
import { eventsOf } from './subjects.ts'

/** One company's consumer of one stream (design 4). */
export interface CompanyDurable { readonly companyId: CompanyId; readonly rank: StreamRank; readonly stream: string; readonly name: string }

const NANOS_PER_SECOND = 1_000_000_000

/** How a durable is made. */
export interface DurableLimits {
  /** Delivered and not yet acknowledged, at most. */
  readonly maxPending: number
  /** What is neither acknowledged nor worked on is delivered again after this: so long the events of a dead process wait. */
  readonly ackWaitSeconds: number
}

export const durableOf = (companyId: CompanyId, rank: StreamRank): CompanyDurable => (rank === HISTORY
  ? { companyId, rank, stream: HISTORY_STREAM, name: `daisi_history_${companyId}` }
  : { companyId, rank, stream: REALTIME_STREAM, name: `daisi_ingest_${companyId}` })

/** Behind what is settled; from the beginning where nothing is. */
const startPolicy = (after: number): Partial<ConsumerConfig> => (after === 0
  ? { deliver_policy: DeliverPolicy.All }
  : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: after + 1 })

const changeable = ({ maxPending, ackWaitSeconds }: DurableLimits) =>
  ({ max_ack_pending: maxPending, ack_wait: ackWaitSeconds * NANOS_PER_SECOND })

/** PostgreSQL, not the broker, remembers: so it lives in memory (measured ten times faster, design 4) and is made again from `after`. */
const configOf = ({ companyId, rank, name }: CompanyDurable, limits: DurableLimits, after: number): Partial<ConsumerConfig> => ({
  durable_name: name, filter_subjects: eventsOf(rank).map((event) => `${event}.${companyId}`), ack_policy: AckPolicy.Explicit,
  replay_policy: ReplayPolicy.Instant, max_deliver: -1, mem_storage: true, ...changeable(limits), ...startPolicy(after),
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
 * The durable, made unless it is there; its filter never changes (measured: an added subject skips its older messages), its
 * limits follow the settings. Rejects with the broker's errors.
 */
export const ensureDurable = async (jsm: JetStreamManager, { limits, after, ...durable }: WantedDurable): Promise<ConsumerInfo> => {
  const { stream, name } = durable
  try {
    const info = await jsm.consumers.info(stream, name)
    const { max_ack_pending: pending, ack_wait: wait } = changeable(limits)
    if (info.config.max_ack_pending === pending && info.config.ack_wait === wait) return info
    return await jsm.consumers.update(stream, name, { max_ack_pending: pending, ack_wait: wait })
  } catch (cause) {
    if (!isMissing(cause)) throw cause
    return jsm.consumers.add(stream, configOf(durable, limits, await startOf(jsm, durable, after)))
  }
}
