import type { JetStreamManager } from '@nats-io/jetstream'
import { REALTIME_STREAM } from './streams.ts'

/** The broker's clock, milliseconds since 1970: every answer about a stream carries it; NaN from a server that leaves it out. */
export const brokerNowMs = async (jsm: JetStreamManager): Promise<number> => {
  const told: unknown = Reflect.get(await jsm.streams.info(REALTIME_STREAM), 'ts')
  return typeof told === 'string' ? Date.parse(told) : Number.NaN
}
