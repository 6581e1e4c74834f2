import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { chance } from '../../adapters/main/sample/chance.ts'
import { HISTORY_STREAM, REALTIME_STREAM } from '../../adapters/inbound/nats/streams.ts'
import { messageBody } from './message-body.ts'
import { publishAll } from './publish.ts'

/** Events that wait in the stream, of companies that take turns. */
export interface Load { readonly companyIds: ReadonlyArray<string>; readonly events: number }

export interface LoadOptions {
  /** Of the companies' names. */
  readonly prefix: string
  readonly companies: number
  readonly events: number
  readonly seed: number
  /** Of the messages' ids, where other messages than before are wanted. */
  readonly ids?: string
}

type Event = readonly [subject: string, body: string]
/** What is published as event `i` instead of the usual message. */
type Instead = (i: number, usual: string) => string

const AS_USUAL: Instead = (_, usual) => usual

const companyIdsOf = ({ prefix, companies }: LoadOptions): ReadonlyArray<string> =>
  Array.from({ length: companies }, (_, i) => `${prefix}-${i}`)

/** Messages of companies `<prefix>-0` and so on; the same ones each time. */
export const messageEvents = (options: LoadOptions): ReadonlyArray<Event> => {
  const [source, companyIds] = [chance(options.seed), companyIdsOf(options)]
  return Array.from({ length: options.events }, (_, i) =>
    [`v1.messages.upsert.${companyIds[i % options.companies]}`, messageBody(source, `${options.ids ?? 'B'}${i}`, i)])
}

/** They wait when it resolves. */
export const published = async (connection: NatsConnection, options: LoadOptions, instead: Instead = AS_USUAL): Promise<Load> => {
  const events = messageEvents(options)
  await publishAll(connection, events.length, (i) => {
    const [subject, body] = events[i] ?? ['', '']
    return [subject, instead(i, body)]
  })
  return { companyIds: companyIdsOf(options), events: events.length }
}

export const HISTORY_ITEMS = 100
const HISTORIES_IN_FLIGHT = 20

/** The same messages in histories of a hundred, each of one company; the options count messages. */
export const historyEvents = (options: LoadOptions): ReadonlyArray<Event> => {
  const [source, companyIds] = [chance(options.seed), companyIdsOf(options)]
  return Array.from({ length: options.events / HISTORY_ITEMS }, (_, i) => [`v1.history.messages.${companyIds[i % options.companies]}`,
    `{"messages":[${Array.from({ length: HISTORY_ITEMS }, (__, j) => messageBody(source, `H${i * HISTORY_ITEMS + j}`, j)).join(',')}]}`])
}

export const publishedHistories = async (connection: NatsConnection, options: LoadOptions): Promise<Load> => {
  const events = historyEvents(options)
  await publishAll(connection, events.length, (i) => events[i] ?? ['', ''], HISTORIES_IN_FLIGHT)
  return { companyIds: companyIdsOf(options), events: events.length }
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
