import { AckPolicy, DeliverPolicy, JetStreamApiCodes, JetStreamApiError, type JetStreamManager } from '@nats-io/jetstream'
import { NANOS_PER_SECOND } from './company-durable.ts'
import { HISTORY_STREAM } from './streams.ts'

/** No company's: theirs are called `daisi_ingest_…` and `daisi_history_…`. */
const NAME = 'daisi_storage'
/** No event has it: `$` is in no company's id. A list, as the worker's rights have it (ADR 0014). */
const FILTER = ['v1.history.chats.$storage']
/** The broker removes it when nobody has looked for so long. */
const FORGOTTEN_SECONDS = 300

/** A consumer whose files could not be written; not enough disk; `max_file_store` reached. */
const REFUSALS: ReadonlySet<number> = new Set([10_012, 10_023, 10_047])

const isMissing = (cause: unknown): boolean => cause instanceof JetStreamApiError && cause.code === JetStreamApiCodes.ConsumerNotFound

/** Makes the broker write a few bytes of its own: an update writes the durable's file, changed or not (measured, nats-server 2.15.1). */
const write = async (jsm: JetStreamManager): Promise<void> => {
  try {
    await jsm.consumers.update(HISTORY_STREAM, NAME, {})
  } catch (cause) {
    if (!isMissing(cause)) throw cause
    await jsm.consumers.add(HISTORY_STREAM, { durable_name: NAME, filter_subjects: FILTER, ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.New, inactive_threshold: FORGOTTEN_SECONDS * NANOS_PER_SECOND })
  }
}

const FULL = 'NATS cannot write: its disk is full. Make room, then start nats-server again: until then it may take publishes and store none'

/**
 * Whether the broker can store anything. A server with a full disk says that it is well, answers, and delivers; only publishers
 * notice, whose publishes time out (reliability M8), and our durables live in its memory. So it is asked to write.
 */
export const storageWatch = (jsm: JetStreamManager, onTrouble: (what: string) => void) => {
  let isStoring = true
  return {
    isStoring: (): boolean => isStoring,
    /** Rejects where the broker says nothing about it. */
    look: async (): Promise<void> => {
      try {
        await write(jsm)
        isStoring = true
      } catch (cause) {
        if (!(cause instanceof JetStreamApiError)) throw cause
        if (!REFUSALS.has(cause.code)) return
        isStoring = false
        onTrouble(FULL)
      }
    },
  }
}
