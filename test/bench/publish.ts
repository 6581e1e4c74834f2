import { jetstream } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'

/** More at a time, and a broker that others keep busy answers the last of them too late. */
const PUBLISHES_IN_FLIGHT = 500
/** Nobody waits for one publish; what is slow here is not measured. */
const PUBLISHED_WITHIN_MS = 60_000

export type MessageAt = (i: number) => readonly [subject: string, body: string]

/** Publishes `count` messages, at most `inFlight` at a time; the broker has stored all when it resolves. */
export const publishAll = async (
  connection: NatsConnection, count: number, messageAt: MessageAt, inFlight = PUBLISHES_IN_FLIGHT,
): Promise<void> => {
  const js = jetstream(connection)
  let next = 0
  const oneAfterAnother = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) await js.publish(...messageAt(i), { timeout: PUBLISHED_WITHIN_MS })
  }
  await Promise.all(Array.from({ length: inFlight }, oneAfterAnother))
}
