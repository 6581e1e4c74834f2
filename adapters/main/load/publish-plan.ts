import { jetstream } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { setTimeout as sleep } from 'node:timers/promises'
import { places } from '../../inbound/nats/at-most.ts'
import type { Planned } from './plan.ts'

export interface PublishOptions {
  readonly concurrency: number
  /** Stored by the broker; `sentAtMs` is when it was sent, by `performance.now()`. */
  readonly onStored: (planned: Planned, stored: { readonly stream: string; readonly sequence: number; readonly sentAtMs: number }) => void
  readonly onRefused: (planned: Planned, reason: string) => void
  readonly stopping: AbortSignal
}

/** A publish that the broker does not answer within this counts as refused; it may be stored all the same. */
const ANSWERED_WITHIN_MS = 10_000

/**
 * Publishes each event when its time has come, with at most so many unanswered; a broker that is too slow for that delays the rest.
 * Resolves when all are answered, or, told to stop, those that were sent.
 */
export const publishPlan = async (
  connection: NatsConnection, plan: Iterable<Planned>, { concurrency, onStored, onRefused, stopping }: PublishOptions,
): Promise<void> => {
  const [js, { take, giveBack }, begun] = [jetstream(connection), places(concurrency), performance.now()]
  const publish = async (planned: Planned): Promise<void> => {
    const sentAtMs = performance.now()
    try {
      const { stream, seq } = await js.publish(`${planned.event}.${planned.companyId}`, planned.body, { timeout: ANSWERED_WITHIN_MS })
      onStored(planned, { stream, sequence: seq, sentAtMs })
    } catch (cause) {
      onRefused(planned, cause instanceof Error ? cause.message : 'publish failed')
    } finally {
      giveBack()
    }
  }
  for (const planned of plan) {
    const early = begun + planned.atMs - performance.now()
    if (early >= 1) await sleep(early, undefined, { signal: stopping }).catch(() => undefined)
    if (stopping.aborted) break
    await take()
    void publish(planned)
  }
  for (let i = 0; i < concurrency; i += 1) await take()
}
