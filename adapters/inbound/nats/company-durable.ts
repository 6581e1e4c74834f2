import {
  AckPolicy, DeliverPolicy, JetStreamApiCodes, JetStreamApiError, ReplayPolicy, type ConsumerConfig, type ConsumerInfo, type JetStreamManager,
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
  /** A message that is neither acknowledged nor worked on is delivered again after this: how long the events of a dead process wait. */
  readonly ackWaitSeconds: number
}

export const durableOf = (companyId: CompanyId, rank: StreamRank): CompanyDurable => (rank === HISTORY
  ? { companyId, rank, stream: HISTORY_STREAM, name: `daisi_history_${companyId}` }
  : { companyId, rank, stream: REALTIME_STREAM, name: `daisi_ingest_${companyId}` })

/** PostgreSQL, not the broker, remembers: so it lives in memory (measured ten times faster, design 4) and is made again from `after`. */
const configOf = ({ companyId, rank, name }: CompanyDurable, { maxPending, ackWaitSeconds }: DurableLimits, after: number): Partial<ConsumerConfig> => ({
  durable_name: name, filter_subjects: eventsOf(rank).map((event) => `${event}.${companyId}`), ack_policy: AckPolicy.Explicit,
  replay_policy: ReplayPolicy.Instant, ack_wait: ackWaitSeconds * NANOS_PER_SECOND, max_deliver: -1, max_ack_pending: maxPending, mem_storage: true,
  ...(after === 0 ? { deliver_policy: DeliverPolicy.All } : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: after + 1 }),
})

const isMissing = (cause: unknown): boolean => cause instanceof JetStreamApiError && cause.code === JetStreamApiCodes.ConsumerNotFound

/** A position beyond the stream's end is another stream's: the one it belongs to was deleted and made again, so nothing of this one is settled. */
const startOf = async (jsm: JetStreamManager, { stream }: CompanyDurable, after: number): Promise<number> => {
  if (after === 0) return 0
  const { state } = await jsm.streams.info(stream)
  return after > state.last_seq ? 0 : after
}

/**
 * The durable, made unless it is there; its filter never changes (measured: an added subject skips its older messages), the
 * number of messages it may leave unacknowledged follows the memory budget. Rejects with the broker's errors.
 */
export const ensureDurable = async (jsm: JetStreamManager, durable: CompanyDurable, limits: DurableLimits, after: number): Promise<ConsumerInfo> => {
  try {
    const info = await jsm.consumers.info(durable.stream, durable.name)
    if (info.config.max_ack_pending === limits.maxPending) return info
    return await jsm.consumers.update(durable.stream, durable.name, { max_ack_pending: limits.maxPending })
  } catch (cause) {
    if (!isMissing(cause)) throw cause
    return jsm.consumers.add(durable.stream, configOf(durable, limits, await startOf(jsm, durable, after)))
  }
}
