import { jetstream, type ConsumerMessages, type JetStreamManager, type JsMsg } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Reached } from '../../../application/ports/companies.ts'
import type { AtMost } from './at-most.ts'
import { ensureDurable, type CompanyDurable, type DurableLimits } from './company-durable.ts'
import { drainPull } from './drain-pull.ts'
import { durableDrift } from './durable-drift.ts'
import { incomingOf, type Incoming } from './incoming.ts'
import { isBehind, oldestAtBroker } from './oldest-at-broker.ts'
import { isInHand, oldestOf, progressFrom, watched, type Progress } from './pull-progress.ts'
import type { PullState } from './stuck-pull.ts'

/** The broker says that it is there; two silences in a row and the client asks what is wrong (reliability M15). */
const HEARTBEAT_MS = 15_000
const EXPIRES_MS = 30_000
/**
 * Messages asked for at a time; how many may be in hand is the durable's limit. To ask for no more than that takes a pull for each
 * eleventh message where 64 companies share the budget (measured: 5 µs of CPU a message, ADR 0019).
 */
const PULLED = 500
const FIRST_WAIT_MS = 50
const LONGEST_WAIT_MS = 5_000

export interface Consuming {
  readonly durable: CompanyDurable
  /** When the broker last showed life: a message or a heartbeat; ms since 1970. */
  readonly aliveAt: () => number
  /** How far all is acknowledged, asked of the broker; undefined when nothing has come since it was last asked. */
  readonly floor: () => Promise<Reached | undefined>
  /** `floor` did not answer, or what it answered was not remembered: it is to answer again. */
  readonly isUnsaved: () => void
  /** Publish time of the oldest event that is not settled, ms since 1970: in hand, or at the broker when it was last asked. */
  readonly oldest: () => number | undefined
  /** Asks the broker whether events wait and do not come; then the pull is made anew. Rejects while the broker is away. */
  readonly mend: () => Promise<void>
  /** The connection was broken: what was asked of the broker before may be lost. */
  readonly pullAnew: () => void
  /** Ends the pulling, with what is on its way taken in hand; that can still be settled. */
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
  /** Events that wait at the broker for this long, with nothing to keep them, mean that the pull is stuck. */
  readonly stuckAfterMs: number
  /** A dependency is down: nothing should move. */
  readonly isHeldBack: () => boolean
  /** A stuck pull has been made anew. */
  readonly onMended: () => void
}

const causeOf = (cause: unknown): string => (cause instanceof Error ? cause.message : 'pulling failed')

/** A stream that was made anew counts from 1 again: what was settled of the old one says nothing. */
const meetStream = async ({ jsm }: ConsumeOptions, { stream }: CompanyDurable, progress: Progress): Promise<void> => {
  const { created } = await jsm.streams.info(stream)
  if (progress.streamCreated !== undefined && progress.streamCreated !== created) progress.settledUpTo = 0
  progress.streamCreated = created
}

const ensured = async (options: ConsumeOptions, durable: CompanyDurable, progress: Progress, limits: DurableLimits) => {
  await meetStream(options, durable, progress)
  const info = await ensureDurable(options.jsm, { ...durable, limits, after: progress.settledUpTo })
  progress.settledUpTo = Math.max(progress.settledUpTo, info.ack_floor.stream_seq)
  for (const { what, change } of durableDrift(durable, info, limits.ackWaitSeconds)) options.onTrouble(`${what}: ${change}`, durable)
  return info
}

/** The client is told to give up when the durable is gone: by itself it comes back after half a minute or more. */
const open = async (options: ConsumeOptions, durable: CompanyDurable, progress: Progress) => {
  const limits = options.limits()
  const info = await options.turns(() => ensured(options, durable, progress, limits))
  const callback = (message: JsMsg): void => {
    progress.aliveAt = Date.now()
    progress.isFresh = true
    progress.waitingSince = undefined
    options.onIncoming(watched(incomingOf(message), progress))
  }
  return jetstream(options.connection).consumers.getConsumerFromInfo(info).consume({ callback, abort_on_missing_resource: true,
    max_messages: PULLED, idle_heartbeat: HEARTBEAT_MS, expires: EXPIRES_MS })
}

const watch = async (messages: ConsumerMessages, progress: Progress): Promise<void> => {
  for await (const { type } of messages.status()) if (type === 'heartbeat' || type === 'next') progress.aliveAt = Date.now()
}

const STUCK = 'events wait at the broker and do not come: the pull is made anew'

/** Whoever wanted it goes on with another, unless that is to stop. */
const endPull = ({ messages }: Progress): void => { if (messages !== undefined) void drainPull(messages) }

/** Until it is told to stop, the durable is gone, the connection was broken, or `mend` finds it stuck. */
const pull = async (options: ConsumeOptions, durable: CompanyDurable, progress: Progress, stopping: AbortSignal): Promise<void> => {
  const messages = await open(options, durable, progress)
  progress.messages = messages
  progress.aliveAt = Date.now()
  if (stopping.aborted) endPull(progress)
  void watch(messages, progress)
  const cause = await messages.closed()
  progress.messages = undefined
  if (!stopping.aborted && cause instanceof Error) options.onTrouble(cause.message, durable)
}

const pullOn = async (options: ConsumeOptions, durable: CompanyDurable, progress: Progress, stopping: AbortSignal): Promise<void> => {
  for (let waitMs = FIRST_WAIT_MS; !stopping.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    await pull(options, durable, progress, stopping)
      .then(() => { waitMs = FIRST_WAIT_MS }, (cause: unknown) => { options.onTrouble(causeOf(cause), durable) })
    await sleep(waitMs, undefined, { signal: stopping }).catch(() => undefined)
  }
}

/** The broker's floor; undefined when nothing has come since it was last told. */
const askFloor = async ({ jsm }: ConsumeOptions, durable: CompanyDurable, progress: Progress) => {
  if (!progress.isFresh) return undefined
  progress.isFresh = false
  const info = await jsm.consumers.info(durable.stream, durable.name)
  progress.isFresh ||= isBehind(info)
  progress.settledUpTo = Math.max(progress.settledUpTo, info.ack_floor.stream_seq)
  progress.waitingSince = isInHand(info, progress) ? undefined : await oldestAtBroker(jsm, durable, info)
  const unprocessedSince = oldestOf(progress)
  return { companyId: durable.companyId, stream: durable.place, sequence: progress.settledUpTo,
    ...(unprocessedSince === undefined ? {} : { unprocessedSince }) }
}

const mendPull = async (options: ConsumeOptions, durable: CompanyDurable, progress: Progress): Promise<void> => {
  const { still, inHand, messages } = progress
  if (messages === undefined || options.isHeldBack()) return still.moved()
  const info = await options.jsm.consumers.info(durable.stream, durable.name)
  const state: PullState = { pending: info.num_pending, delivered: info.delivered.consumer_seq, outstanding: info.num_ack_pending,
    mostOutstanding: info.config.max_ack_pending ?? Infinity, paused: info.paused === true, inHand: inHand.size }
  if (!still.isStuck(state)) return
  still.moved()
  options.onTrouble(STUCK, durable)
  options.onMended()
  endPull(progress)
}

/**
 * Consumes one company's durable by callback for as long as it is wanted. `after`: the last settled sequence that
 * PostgreSQL remembers, else 0. A durable that is gone, for the broker has restarted or somebody deleted it, is made again
 * from where all was acknowledged.
 */
export const consumeCompany = (options: ConsumeOptions, durable: CompanyDurable, after: number): Consuming => {
  const stopping = new AbortController()
  const progress = progressFrom(after, options.stuckAfterMs)
  const running = pullOn(options, durable, progress, stopping.signal)
  return {
    durable,
    aliveAt: () => progress.aliveAt,
    oldest: () => oldestOf(progress),
    floor: () => askFloor(options, durable, progress),
    isUnsaved: () => { progress.isFresh = true },
    mend: () => mendPull(options, durable, progress),
    pullAnew: () => { endPull(progress) },
    stop: async () => {
      stopping.abort()
      endPull(progress)
      await running
    },
  }
}
