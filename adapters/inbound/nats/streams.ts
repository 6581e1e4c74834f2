import {
  DiscardPolicy, JetStreamApiCodes, JetStreamApiError, RetentionPolicy, StorageType, type JetStreamManager, type StreamConfig,
} from '@nats-io/jetstream'
import { HISTORY, REALTIME } from '../../../domain/clock.ts'
import { eventsOf } from './subjects.ts'

const NANOS_PER_DAY = 86_400_000_000_000

export const REALTIME_STREAM = 'wa_events_stream'
export const HISTORY_STREAM = 'wa_history_events_stream'
export const DLQ_STREAM = 'dlq_stream'

export type Wanted = Pick<StreamConfig, 'name' | 'subjects' | 'max_age'>

/** 5,000 companies and a tenth more. A stream that does not say it has 1,000 (`default_max_consumers` of nats-server 2.15). */
const MAX_CONSUMERS = 5_500

const subjectsOf = (rank: typeof HISTORY | typeof REALTIME): string[] => eventsOf(rank).map((event) => `${event}.*`)

/** Contract 1.2; limits retention for all three (design 4: interest retention throws away what has no consumer yet). */
export const STREAMS: ReadonlyArray<Wanted> = [
  { name: REALTIME_STREAM, subjects: subjectsOf(REALTIME), max_age: 30 * NANOS_PER_DAY },
  { name: HISTORY_STREAM, subjects: subjectsOf(HISTORY), max_age: 30 * NANOS_PER_DAY },
  { name: DLQ_STREAM, subjects: ['v1.dlq.>'], max_age: 7 * NANOS_PER_DAY },
]

/** What an operator's stream does otherwise than we would have made it; said, never rewritten (design 4). */
export const driftOf = ({ name, subjects }: Wanted, actual: StreamConfig): ReadonlyArray<string> => [
  ...(actual.retention === RetentionPolicy.Limits ? [] : [`stream ${name} has ${actual.retention} retention; limits is expected: make it anew`]),
  ...(actual.storage === StorageType.File ? [] : [`stream ${name} is kept in ${actual.storage}; file is expected: make it anew`]),
  ...subjects.filter((subject) => !actual.subjects.includes(subject)).map((subject) =>
    `stream ${name} lacks subject ${subject}: nats stream edit ${name} --subjects "${[...actual.subjects, subject].join(',')}"`),
]

export const isMissingStream = (cause: unknown): boolean =>
  cause instanceof JetStreamApiError && cause.code === JetStreamApiCodes.StreamNotFound

/** What a stream is made with where nobody says otherwise. */
export const newStream = (wanted: Wanted) => ({
  ...wanted, retention: RetentionPolicy.Limits, storage: StorageType.File, discard: DiscardPolicy.Old, num_replicas: 1,
  max_consumers: MAX_CONSUMERS,
})

const ensure = async (jsm: JetStreamManager, wanted: Wanted): Promise<ReadonlyArray<string>> => {
  try {
    return driftOf(wanted, (await jsm.streams.info(wanted.name)).config)
  } catch (cause) {
    if (!isMissingStream(cause)) throw cause
    await jsm.streams.add(newStream(wanted))
    return []
  }
}

/** Creates the streams that are missing and answers how existing ones differ. */
export const ensureStreams = async (jsm: JetStreamManager): Promise<ReadonlyArray<string>> =>
  (await Promise.all(STREAMS.map((wanted) => ensure(jsm, wanted)))).flat()
