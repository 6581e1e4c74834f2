import type { JetStreamManager } from '@nats-io/jetstream'
import { HISTORY_STREAM, REALTIME_STREAM } from '../../adapters/inbound/nats/streams.ts'
import { eventually } from './eventually.ts'

const consumersOf = async (jsm: JetStreamManager, stream: string) => {
  const consumers = []
  for await (const info of jsm.consumers.list(stream)) consumers.push(info)
  return consumers
}

/** Nothing is waiting for a company's durables and nothing is held: everything that was published has been settled. */
export const untilSettled = (jsm: JetStreamManager, durables: number, withinMs: number): Promise<void> =>
  eventually('everything settled', async () => {
    const consumers = [...await consumersOf(jsm, REALTIME_STREAM), ...await consumersOf(jsm, HISTORY_STREAM)]
    const idle = consumers.every(({ num_pending, num_ack_pending }) => num_pending === 0 && num_ack_pending === 0)
    return consumers.length >= durables && idle
  }, withinMs)
