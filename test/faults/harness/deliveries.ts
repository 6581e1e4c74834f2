import { setTimeout as sleep } from 'node:timers/promises'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { EVENT_STREAMS } from '../oracle/stored.ts'

const LOOK_EVERY_MS = 100
const ANSWER_WITHIN_MS = 1_000

export interface Deliveries {
  /** Of the event streams' durables so far, and a little less: those of the moment before a broker died are not seen. */
  readonly count: () => number
  readonly stop: () => Promise<void>
}

/** Durables live in the broker's memory and count from 0 again after each of its deaths: so each of their lives is looked at. */
export const countDeliveries = async (url: string): Promise<Deliveries> => {
  const connection = await connect({ servers: url, maxReconnectAttempts: -1, reconnectTimeWait: LOOK_EVERY_MS, waitOnFirstConnect: true })
  const jsm = await jetstreamManager(connection, { timeout: ANSWER_WITHIN_MS, checkAPI: false })
  const lives = new Map<string, number>()
  let stopping = false
  const look = async (): Promise<void> => {
    for (const stream of EVENT_STREAMS) for await (const { name, created, delivered } of jsm.consumers.list(stream))
      lives.set(`${name} ${created}`, delivered.consumer_seq)
  }
  const run = async (): Promise<void> => {
    while (!stopping) {
      await look().catch(() => undefined)
      await sleep(LOOK_EVERY_MS)
    }
  }
  const running = run()
  return {
    count: () => [...lives.values()].reduce((sum, seen) => sum + seen, 0),
    stop: async () => {
      stopping = true
      await running
      await connection.close()
    },
  }
}
