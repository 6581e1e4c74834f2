import {
  DiscardPolicy, JetStreamApiCodes, JetStreamApiError, RetentionPolicy, StorageType, type JetStreamManager,
} from '@nats-io/jetstream'
import { HISTORY, REALTIME } from '../../../domain/clock.ts'
import { driftOf, NANOS_PER_DAY, type Drift, type WantedStream } from './stream-drift.ts'
import { eventsOf } from './subjects.ts'

export const REALTIME_STREAM = 'wa_events_stream'
export const HISTORY_STREAM = 'wa_history_events_stream'
export const DLQ_STREAM = 'dlq_stream'

const subjectsOf = (rank: typeof HISTORY | typeof REALTIME): string[] => eventsOf(rank).map((event) => `${event}.*`)

/** Contract 1.2; limits retention for all three (design 4: interest retention throws away what has no consumer yet). */
export const STREAMS: ReadonlyArray<WantedStream> = [
  { name: REALTIME_STREAM, subjects: subjectsOf(REALTIME), max_age: 30 * NANOS_PER_DAY },
  { name: HISTORY_STREAM, subjects: subjectsOf(HISTORY), max_age: 30 * NANOS_PER_DAY },
  { name: DLQ_STREAM, subjects: ['v1.dlq.>'], max_age: 7 * NANOS_PER_DAY },
]

export const isStreamMissing = (cause: unknown): boolean =>
  cause instanceof JetStreamApiError && cause.code === JetStreamApiCodes.StreamNotFound

/** 5,000 companies and a tenth more. A stream that does not say it has 1,000 (`default_max_consumers` of nats-server 2.15). */
const MAX_CONSUMERS = 5_500

/** What a stream is made with where nobody says otherwise. */
export const newStream = (wanted: WantedStream) => ({
  ...wanted, retention: RetentionPolicy.Limits, storage: StorageType.File, discard: DiscardPolicy.Old, num_replicas: 1,
  max_consumers: MAX_CONSUMERS,
})

/** What was found, and done, about the streams. */
export interface StreamsEnsured {
  /** Names of those that were missing and have been made. */
  readonly made: ReadonlyArray<string>
  /** How the others differ from what we would have made. */
  readonly drift: ReadonlyArray<Drift>
}

const ensure = async (jsm: JetStreamManager, wanted: WantedStream): Promise<StreamsEnsured> => {
  try {
    return { made: [], drift: driftOf(wanted, (await jsm.streams.info(wanted.name)).config) }
  } catch (cause) {
    if (!isStreamMissing(cause)) throw cause
    await jsm.streams.add(newStream(wanted))
    return { made: [wanted.name], drift: [] }
  }
}

/** Creates the streams that are missing; existing ones are compared and left as they are. */
export const ensureStreams = async (jsm: JetStreamManager): Promise<StreamsEnsured> => {
  const all = await Promise.all(STREAMS.map((wanted) => ensure(jsm, wanted)))
  return { made: all.flatMap(({ made }) => made), drift: all.flatMap(({ drift }) => drift) }
}
