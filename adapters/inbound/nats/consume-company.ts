import { jetstream, type ConsumerMessages, type JetStreamManager, type JsMsg } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Acknowledged } from '../../../application/ports/companies.ts'
import type { AtMost } from './at-most.ts'
import { ensureDurable, type CompanyDurable, type DurableLimits } from './company-durable.ts'
import { incomingOf, type Incoming } from './incoming.ts'

/** The broker says that it is there; two silences in a row and the client asks what is wrong (reliability M15). */
const HEARTBEAT_MS = 15_000
const EXPIRES_MS = 30_000
/** Most messages of one pull. */
const MOST_PULLED = 500
const FIRST_WAIT_MS = 50
const LONGEST_WAIT_MS = 5_000

export interface Consuming {
  readonly durable: CompanyDurable
  /** When the broker last showed life: a message or a heartbeat; ms since 1970. */
  readonly aliveAt: () => number
  /** How far all is acknowledged, asked of the broker; undefined when nothing has come since it was last asked. */
  readonly floor: () => Promise<Acknowledged | undefined>
  /** Ends the pulling; what is in hand can still be settled. */
  readonly stop: () => Promise<void>
}

export interface ConsumeOptions {
  readonly connection: NatsConnection
  readonly jsm: JetStreamManager
  /** Opens durables by turns. */
  readonly turns: AtMost
  readonly limits: () => DurableLimits
  readonly onIncoming: (incoming: Incoming) => void
  readonly onTrouble: (what: string, durable: CompanyDurable) => void
}

/** What is known of a durable while it is consumed. */
interface Progress {
  /** The broker's acknowledgement floor, not ours: after a crash messages below the newest one still wait. */
  settledUpTo: number
  aliveAt: number
  /** Something has come since the floor was asked for. */
  isFresh: boolean
  messages: ConsumerMessages | undefined
}

const causeOf = (cause: unknown): string => (cause instanceof Error ? cause.message : 'pulling ended')

/** The client is told to give up when the durable is gone: by itself it comes back after half a minute or more. */
const open = async ({ connection, jsm, turns, limits, onIncoming }: ConsumeOptions, durable: CompanyDurable, progress: Progress) => {
  const wanted = { ...durable, limits: limits(), after: progress.settledUpTo }
  const info = await turns(() => ensureDurable(jsm, wanted))
  progress.isFresh ||= info.ack_floor.stream_seq > progress.settledUpTo
  progress.settledUpTo = Math.max(progress.settledUpTo, info.ack_floor.stream_seq)
  const callback = (message: JsMsg): void => {
    progress.aliveAt = Date.now()
    progress.isFresh = true
    onIncoming(incomingOf(message))
  }
  return jetstream(connection).consumers.getConsumerFromInfo(info).consume({ callback, abort_on_missing_resource: true,
    max_messages: Math.min(wanted.limits.maxPending, MOST_PULLED), idle_heartbeat: HEARTBEAT_MS, expires: EXPIRES_MS })
}

const watch = async (messages: ConsumerMessages, progress: Progress): Promise<void> => {
  for await (const { type } of messages.status()) if (type === 'heartbeat' || type === 'next') progress.aliveAt = Date.now()
}

/** Until it is told to stop, or the durable is gone. */
const pull = async (options: ConsumeOptions, durable: CompanyDurable, progress: Progress, stopping: AbortSignal): Promise<void> => {
  const messages = await open(options, durable, progress)
  progress.messages = messages
  progress.aliveAt = Date.now()
  if (stopping.aborted) messages.stop()
  void watch(messages, progress)
  const cause = await messages.closed()
  if (!stopping.aborted) options.onTrouble(causeOf(cause), durable)
}

const pullOn = async (options: ConsumeOptions, durable: CompanyDurable, progress: Progress, stopping: AbortSignal): Promise<void> => {
  for (let waitMs = FIRST_WAIT_MS; !stopping.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    await pull(options, durable, progress, stopping)
      .then(() => { waitMs = FIRST_WAIT_MS }, (cause: unknown) => { options.onTrouble(causeOf(cause), durable) })
    await sleep(waitMs, undefined, { signal: stopping }).catch(() => undefined)
  }
}

/**
 * Consumes one company's durable by callback for as long as it is wanted. `after`: the last settled sequence that
 * PostgreSQL remembers, else 0. A durable that is gone, for the broker has restarted or somebody deleted it, is made again
 * from where all was acknowledged.
 */
export const consumeCompany = (options: ConsumeOptions, durable: CompanyDurable, after: number): Consuming => {
  const stopping = new AbortController()
  const progress: Progress = { settledUpTo: after, aliveAt: Date.now(), isFresh: false, messages: undefined }
  const running = pullOn(options, durable, progress, stopping.signal)
  return {
    durable,
    aliveAt: () => progress.aliveAt,
    floor: async () => {
      if (!progress.isFresh) return undefined
      progress.isFresh = false
      const { ack_floor: { stream_seq: floor }, num_ack_pending: pending } = await options.jsm.consumers.info(durable.stream, durable.name)
      progress.isFresh ||= pending > 0
      progress.settledUpTo = Math.max(progress.settledUpTo, floor)
      return { companyId: durable.companyId, stream: durable.stream, sequence: progress.settledUpTo }
    },
    stop: async () => {
      stopping.abort()
      progress.messages?.stop()
      await running
    },
  }
}
