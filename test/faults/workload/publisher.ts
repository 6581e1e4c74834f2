import { setTimeout as sleep } from 'node:timers/promises'
import { jetstream } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import type { Accepted, Ledger } from '../oracle/ledger.ts'
import type { Publish } from './plan.ts'

export interface Publisher {
  /** Writes the intents down, publishes until the broker has accepted each, and writes that down. */
  readonly publish: (publishes: ReadonlyArray<Publish>) => Promise<void>
  /** Publishes that had to be sent again. */
  readonly retries: () => number
  readonly close: () => Promise<void>
}

const ACCEPTED_WITHIN_MS = 1_500
const RETRY_AFTER_MS = 100

/** A gateway that never gives up: a publish without an answer is sent again under the same id. */
export const openPublisher = async (url: string, ledger: Ledger): Promise<Publisher> => {
  const connection = await connect({ servers: url, maxReconnectAttempts: -1, reconnectTimeWait: RETRY_AFTER_MS, waitOnFirstConnect: true })
  const js = jetstream(connection)
  let retries = 0
  const accepted = async ({ id, subject, msgId, body }: Publish): Promise<Accepted> => {
    for (;;) {
      try {
        const { stream, seq } = await js.publish(subject, Buffer.from(body, 'base64'), { msgID: msgId, timeout: ACCEPTED_WITHIN_MS })
        return { type: 'accepted', id, stream, sequence: seq }
      } catch {
        retries += 1
        await sleep(RETRY_AFTER_MS)
      }
    }
  }
  return {
    publish: async (publishes) => {
      ledger.write(publishes.map((publish) => ({ type: 'intent', ...publish })))
      ledger.write(await Promise.all(publishes.map(accepted)))
    },
    retries: () => retries, close: () => connection.close(),
  }
}
