import type { ConsumerInfo, JetStreamManager } from '@nats-io/jetstream'
import { filterOf, type CompanyDurable } from './company-durable.ts'
import { nextMessage } from './next-message.ts'

/** Whether something of the durable is not acknowledged. */
export const isBehind = (info: ConsumerInfo): boolean => info.num_pending + info.num_ack_pending > 0

/** One pattern for the first generation, of which there are many subjects; the few of a later one each on its own. */
const patternsOf = (durable: CompanyDurable): ReadonlyArray<string> =>
  (durable.generation === 1 ? [`v1.*.*.${durable.companyId}`] : filterOf(durable))

/** Publish time (ms since 1970) of the first message behind what is acknowledged, if there is one. Rejects with the broker's errors. */
export const oldestAtBroker = async (
  jsm: JetStreamManager, durable: CompanyDurable, { ack_floor: floor }: ConsumerInfo,
): Promise<number | undefined> => {
  const next = await Promise.all(patternsOf(durable).map((pattern) => nextMessage(jsm, durable.stream, pattern, floor.stream_seq + 1)))
  const times = next.flatMap((message) => (message === null ? [] : [message.time.getTime()]))
  return times.length === 0 ? undefined : Math.min(...times)
}
