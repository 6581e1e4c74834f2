import type { ConsumerInfo, ConsumerMessages } from '@nats-io/jetstream'
import { older } from './backlog.ts'
import type { Incoming } from './incoming.ts'
import { isBehind } from './oldest-at-broker.ts'
import { stillness, type Stillness } from './stuck-pull.ts'

/** What is known of a durable while it is consumed. */
export interface Progress {
  /** The broker's acknowledgement floor, not ours: after a crash messages below the newest one still wait. */
  settledUpTo: number
  aliveAt: number
  /** Something has come since the floor was told, or it was never told: the broker may know more than PostgreSQL. */
  isFresh: boolean
  messages: ConsumerMessages | undefined
  /** When the stream was made; another time is another stream, whose sequences begin again. */
  streamCreated: string | undefined
  /** The events in hand: sequence and publish time. */
  readonly inHand: Map<number, number>
  /** Publish time of the oldest that is neither settled nor in hand, as of the last look; undefined where something came since. */
  waitingSince: number | undefined
  readonly still: Stillness
}

/** `after`: up to where PostgreSQL remembers that all is settled. */
export const progressFrom = (after: number, stuckAfterMs: number): Progress => ({
  settledUpTo: after, aliveAt: Date.now(), isFresh: true, messages: undefined, streamCreated: undefined, inHand: new Map(),
  waitingSince: undefined, still: stillness(stuckAfterMs),
})

/** Notes when it is settled, one way or the other. */
export const watched = (incoming: Incoming, { inHand, still }: Progress): Incoming => {
  const { sequence, publishedAtMs } = incoming.delivery
  const settle = (how: () => void): void => {
    inHand.delete(sequence)
    still.moved()
    how()
  }
  inHand.set(sequence, publishedAtMs)
  still.moved()
  return { ...incoming, ack: () => { settle(incoming.ack) }, giveBack: (delayMs) => { settle(() => { incoming.giveBack(delayMs) }) } }
}

/** Publish time of the oldest that is known not to be settled, ms since 1970. */
export const oldestOf = ({ inHand, waitingSince }: Progress): number | undefined => {
  let oldest = waitingSince
  for (const publishedAtMs of inHand.values()) oldest = older(oldest, publishedAtMs)
  return oldest
}

/** Deliveries come in order, so what waits is younger than what is in hand; what another process had in hand when it died is not. */
export const isInHand = (info: ConsumerInfo, { inHand }: Progress): boolean =>
  !isBehind(info) || (inHand.size > 0 && info.num_ack_pending <= inHand.size)
