import type { ConsumerInfo, JetStreamManager } from '@nats-io/jetstream'
import type { CompanyDurable } from './company-durable.ts'
import { nextMessage } from './next-message.ts'

/** Whether something of the durable is not acknowledged. */
export const isBehind = (info: ConsumerInfo): boolean => info.num_pending + info.num_ack_pending > 0

/** Publish time (ms since 1970) of the first message behind what is acknowledged, if there is one. Rejects with the broker's errors. */
export const oldestAtBroker = async (
  jsm: JetStreamManager, { companyId, stream }: Pick<CompanyDurable, 'companyId' | 'stream'>, { ack_floor: floor }: ConsumerInfo,
): Promise<number | undefined> => (await nextMessage(jsm, stream, `v1.*.*.${companyId}`, floor.stream_seq + 1))?.time.getTime()
