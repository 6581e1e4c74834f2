import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { jetstream } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { openLedger, readLedger, type Accepted, type Entry } from '../oracle/ledger.ts'
import type { Publish } from './plan.ts'

export interface Publisher {
  /** Writes the intents down, publishes until the broker has accepted each, and writes that down. */
  readonly publish: (publishes: ReadonlyArray<Publish>) => Promise<void>
  /** Publishes that had to be sent again. */
  readonly retries: () => number
  /** What the ledger on disk says. */
  readonly entries: () => ReadonlyArray<Entry>
  /** Closes the connection and removes the ledger. */
  readonly close: () => Promise<void>
}

const ACCEPTED_WITHIN_MS = 1_500
const RETRY_AFTER_MS = 100
/** Longer than any outage that we make. */
const GIVE_UP_AFTER_MS = 240_000

/** A gateway that does not give up: a publish without an answer is sent again under the same id. */
export const openPublisher = async (url: string): Promise<Publisher> => {
  const folder = mkdtempSync(join(tmpdir(), 'daisi-ledger-'))
  const file = join(folder, 'ledger.jsonl')
  const ledger = openLedger(file)
  const connection = await connect({ servers: url, maxReconnectAttempts: -1, reconnectTimeWait: RETRY_AFTER_MS, waitOnFirstConnect: true })
  const js = jetstream(connection)
  let retries = 0
  const accepted = async ({ id, subject, msgId, body }: Publish): Promise<Accepted> => {
    for (const end = Date.now() + GIVE_UP_AFTER_MS; ;) {
      try {
        const { stream, seq } = await js.publish(subject, Buffer.from(body, 'base64'), { msgID: msgId, timeout: ACCEPTED_WITHIN_MS })
        return { type: 'accepted', id, stream, sequence: seq }
      } catch (cause) {
        if (Date.now() > end) throw cause
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
    retries: () => retries, entries: () => readLedger(file),
    close: async () => {
      await connection.close()
      ledger.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
