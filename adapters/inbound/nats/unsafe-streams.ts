import type { JetStreamManager } from '@nats-io/jetstream'
import { driftOf, type WantedStream } from './stream-drift.ts'
import { isStreamMissing, STREAMS } from './streams.ts'

const refusedOf = async (jsm: JetStreamManager, wanted: WantedStream): Promise<ReadonlyArray<string>> => {
  try {
    const { config } = await jsm.streams.info(wanted.name)
    return driftOf(wanted, config).filter(({ refused }) => refused).map(({ what, change }) => `${what}; ${change}`)
  } catch (cause) {
    if (isStreamMissing(cause)) return []
    throw cause
  }
}

/** Why our streams, as far as they exist, are not safe to work on; nothing is made or changed (bad inputs C6). */
export const unsafeStreams = async (jsm: JetStreamManager): Promise<ReadonlyArray<string>> =>
  (await Promise.all(STREAMS.map((wanted) => refusedOf(jsm, wanted)))).flat()
