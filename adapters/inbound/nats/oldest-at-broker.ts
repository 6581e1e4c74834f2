import type { ConsumerInfo, JetStreamManager } from '@nats-io/jetstream'
import { filterOf, type CompanyDurable } from './company-durable.ts'
import { nextMessage } from './next-message.ts'

/** Whether something of the durable is not acknowledged. */
export const isBehind = (info: ConsumerInfo): boolean => info.num_pending + info.num_ack_pending > 0

/** Publish time (ms since 1970) of the first message behind what is acknowledged, if there is one. Rejects with the broker's errors. */
export const oldestAtBroker = async (
  jsm: JetStreamManager, durable: CompanyDurable, { ack_floor: floor }: ConsumerInfo,
): Promise<number | undefined> => {
  const next = await nextMessage(jsm, durable.stream, filterOf(durable), floor.stream_seq + 1)
  return next?.time.getTime()
}
