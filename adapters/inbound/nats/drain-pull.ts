import type { ConsumerMessages } from '@nats-io/jetstream'
import type { Subscription } from '@nats-io/nats-core'
import { within } from './within.ts'

/** Longer than a broker takes to answer; while it is away nothing is on its way. */
const WITHIN_MS = 2_000

/**
 * Ends a pull and takes what is on its way: the broker has counted it as delivered, and whoever consumes the company next would meet it
 * only after `ack_wait`. The client's own `stop` (3.4.0) drops it and nothing else is in its interface; its subscription can be drained.
 * Never rejects.
 */
export const drainPull = async (messages: ConsumerMessages): Promise<void> => {
  const { sub } = messages as unknown as { readonly sub: Subscription }
  await within(WITHIN_MS, () => sub.drain()).catch(() => undefined)
  messages.stop()
}
