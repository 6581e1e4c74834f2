import { AckPolicy, DeliverPolicy, JetStreamApiCodes, JetStreamApiError, ReplayPolicy, type ConsumerConfig, type JetStreamManager } from '@nats-io/jetstream'
import { HISTORY, type StreamRank } from '../../../domain/clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { HISTORY_STREAM, REALTIME_STREAM } from './streams.ts'
import { eventsOf } from './subjects.ts'

/** One company's consumer of one stream (design 4). */
export interface CompanyDurable { readonly companyId: CompanyId; readonly rank: StreamRank; readonly stream: string; readonly name: string }

const NANOS_PER_SECOND = 1_000_000_000

/** How a durable is made; both in whole units. */
export interface DurableLimits {
  /** Delivered and not yet acknowledged, at most. */
  readonly maxPending: number
  /** After this a message that is neither acknowledged nor worked on is delivered again: how long the events of a process that died wait. */
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

/** Makes the durable unless it is there; its filter never changes (measured: an added subject skips its older messages). */
export const ensureDurable = async (jsm: JetStreamManager, durable: CompanyDurable, limits: DurableLimits, after: number): Promise<void> => {
  try {
    await jsm.consumers.info(durable.stream, durable.name)
  } catch (cause) {
    if (!(cause instanceof JetStreamApiError) || cause.code !== JetStreamApiCodes.ConsumerNotFound) throw cause
    await jsm.consumers.add(durable.stream, configOf(durable, limits, after))
  }
}
