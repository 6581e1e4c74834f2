import {
  JetStreamApiCodes, JetStreamApiError, RetentionPolicy, StorageType, type JetStreamManager, type StreamConfig,
} from '@nats-io/jetstream'
import { DLQ_STREAM, HISTORY_STREAM, REALTIME_STREAM } from './streams.ts'

/** What loses events that publishers were told are stored; none of it can be told from a stream that is empty by chance. */
const dangersOf = ({ name, retention, storage, persist_mode: persistence }: StreamConfig): ReadonlyArray<string> => [
  ...(retention === RetentionPolicy.Limits ? [] : [`stream ${name} has ${retention} retention, which drops what no consumer asked for; make it anew with limits`]),
  ...(storage === StorageType.File ? [] : [`stream ${name} is kept in ${storage}, which a restart empties; make it anew in files`]),
  ...((persistence as string | undefined) === 'async' ? [`stream ${name} is written after it is acknowledged; make it anew without persist_mode async`] : []),
]

const configOf = async (jsm: JetStreamManager, name: string): Promise<StreamConfig | undefined> => {
  try {
    return (await jsm.streams.info(name)).config
  } catch (cause) {
    if (cause instanceof JetStreamApiError && cause.code === JetStreamApiCodes.StreamNotFound) return undefined
    throw cause
  }
}

/** Why our streams, as far as they exist, are not safe to work on; never rewritten, their operator decides (bad inputs C6). */
export const unsafeStreams = async (jsm: JetStreamManager): Promise<ReadonlyArray<string>> => {
  const configs = await Promise.all([REALTIME_STREAM, HISTORY_STREAM, DLQ_STREAM].map((name) => configOf(jsm, name)))
  return configs.flatMap((config) => (config === undefined ? [] : dangersOf(config)))
}
