import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { chance } from '../../adapters/main/sample/chance.ts'
import { HISTORY_STREAM, REALTIME_STREAM } from '../../adapters/inbound/nats/streams.ts'
import { preload } from './bench-ingest.ts'
import { messageBody } from './message-body.ts'

/** Events that wait in the stream, of companies that take turns. */
export interface Load { readonly companyIds: ReadonlyArray<string>; readonly events: number }

type Body = ReturnType<typeof messageBody>
/** What is published as event `i` instead of the usual message. */
type Instead = (i: number, usual: Body) => Body

/** `companies` named `<prefix>-0` and so on publish `events` messages. */
export const published = async (
  connection: NatsConnection, { prefix, companies, events, seed }: { prefix: string; companies: number; events: number; seed: number },
  instead: Instead = (_, usual) => usual,
): Promise<Load> => {
  const source = chance(seed)
  const companyIds = Array.from({ length: companies }, (_, i) => `${prefix}-${i}`)
  await preload(connection, events, (i) => [`v1.messages.upsert.${companyIds[i % companies]}`, instead(i, messageBody(source, `B${i}`, i))])
  return { companyIds, events }
}

/** The streams keep their messages; nobody has read them yet. */
export const unread = async (connection: NatsConnection): Promise<void> => {
  const jsm = await jetstreamManager(connection)
  for (const stream of [REALTIME_STREAM, HISTORY_STREAM]) {
    const names: string[] = []
    for await (const { name } of jsm.consumers.list(stream)) names.push(name)
    await Promise.all(names.map((name) => jsm.consumers.delete(stream, name)))
  }
}
