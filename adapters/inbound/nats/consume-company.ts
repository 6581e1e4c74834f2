import { jetstream, type ConsumerMessages, type JetStreamManager } from '@nats-io/jetstream'
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

const causeOf = (cause: unknown): string => (cause instanceof Error ? cause.message : 'pulling ended')

/**
 * Consumes one company's durable by callback for as long as it is wanted. `after`: the last settled sequence that
 * PostgreSQL remembers, else 0. A durable that is gone, for the broker has restarted or somebody deleted it, is made again
 * from where all was acknowledged: the client is told to give up at once, for by itself it comes back after a minute.
 * The position is the broker's acknowledgement floor, not ours: after a crash messages below the newest one still wait.
 */
export const consumeCompany = (options: ConsumeOptions, durable: CompanyDurable, after: number): Consuming => {
  const { connection, jsm, turns, limits, onIncoming, onTrouble } = options
  const stopping = new AbortController()
  let settledUpTo = after
  let aliveAt = Date.now()
  let isFresh = false
  let messages: ConsumerMessages | undefined

  const open = async (): Promise<ConsumerMessages> => {
    const wanted = limits()
    const info = await turns(() => ensureDurable(jsm, durable, wanted, settledUpTo))
    settledUpTo = Math.max(settledUpTo, info.ack_floor.stream_seq)
    const consumer = jetstream(connection).consumers.getConsumerFromInfo(info)
    return consumer.consume({ max_messages: Math.min(wanted.maxPending, MOST_PULLED), idle_heartbeat: HEARTBEAT_MS, expires: EXPIRES_MS,
      abort_on_missing_resource: true, callback: (message) => {
        aliveAt = Date.now()
        isFresh = true
        onIncoming(incomingOf(message))
      } })
  }

  const watch = async (opened: ConsumerMessages): Promise<void> => {
    for await (const { type } of opened.status()) if (type === 'heartbeat' || type === 'next') aliveAt = Date.now()
  }

  const pull = async (): Promise<void> => {
    messages = await open()
    if (stopping.signal.aborted) messages.stop()
    aliveAt = Date.now()
    void watch(messages)
    const cause = await messages.closed()
    if (!stopping.signal.aborted) onTrouble(causeOf(cause), durable)
  }

  const run = async (): Promise<void> => {
    for (let waitMs = FIRST_WAIT_MS; !stopping.signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      await pull().then(() => { waitMs = FIRST_WAIT_MS }, (cause: unknown) => { onTrouble(causeOf(cause), durable) })
      await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const running = run()

  return {
    durable,
    aliveAt: () => aliveAt,
    floor: async () => {
      if (!isFresh) return undefined
      isFresh = false
      const { ack_floor: { stream_seq: floor }, num_ack_pending: pending } = await jsm.consumers.info(durable.stream, durable.name)
      isFresh ||= pending > 0
      settledUpTo = Math.max(settledUpTo, floor)
      return { companyId: durable.companyId, stream: durable.stream, sequence: settledUpTo }
    },
    stop: async () => {
      stopping.abort()
      messages?.stop()
      await running
    },
  }
}
