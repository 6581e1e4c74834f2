import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { redeliver, type Redelivered } from '../commands/reapply.ts'
import type { HandleUnits } from '../commands/isolate-faults.ts'
import type { EventReader, FailedItem } from '../ports/event-reader.ts'
import type { FailedEvent, FailedEvents } from '../ports/failed-events.ts'
import type { ClaimedLetter, Concluded, RetryQueue } from '../ports/retry-queue.ts'
import type { Unavailable } from '../ports/unavailable.ts'
import { retryIn, type RetrySchedule } from '../retry-schedule.ts'
import { settlementOf, type Failure } from '../settlement.ts'

export interface RetryPorts {
  readonly queue: RetryQueue
  readonly failedEvents: Pick<FailedEvents, 'record'>
  readonly reader: EventReader
  readonly handleUnits: HandleUnits
  /** From 0 up to 1. */
  readonly chance: () => number
}

export interface RetryOptions {
  readonly schedule: RetrySchedule
  /** Letters of one step. */
  readonly limit: number
  /** A claim of a process that died runs out after this. */
  readonly claimSeconds: number
}

/** How many went through, how many failed again. */
export interface Retried { readonly applied: number; readonly failed: number }

/** Only what nobody expected may go better next time; what is wrong with the event itself stays wrong. */
const isRetryable = (failure: Failure): boolean => {
  const settlement = settlementOf(failure)
  return settlement.type === 'store' && settlement.counted
}

const concluded = ({ reader, chance }: RetryPorts, { schedule }: RetryOptions) =>
  ({ companyId, id, retries }: ClaimedLetter, result: Redelivered): Concluded => {
    if (result.type === 'applied') return { companyId, id, outcome: 'applied' }
    const retryInSeconds = isRetryable(result.failure) ? retryIn(schedule, retries + 1, chance()) : undefined
    return { companyId, id, outcome: 'failed', problem: reader.describe(result.failure), retryInSeconds }
  }

/** An item of a history is from now on a letter of its own, as if a delivery had made it; the broker does not deliver it again. */
const letterOf = ({ reader, chance }: RetryPorts, { schedule }: RetryOptions) => (
  { id: _id, attempts: _attempts, maxAttempts: _most, retries: _retries, ...letter }: ClaimedLetter, { item, body, failure }: FailedItem,
): FailedEvent => {
  const retryInSeconds = isRetryable(failure) ? retryIn(schedule, 0, chance()) : undefined
  return { ...letter, item, body, ...reader.describe(failure),
    fate: retryInSeconds === undefined ? { type: 'final' } : { type: 'attempt', maxAttempts: 1, retryInSeconds } }
}

const NONE: Retried = { applied: 0, failed: 0 }

/** Items first: once the letter of the whole is settled, nobody comes back to them. */
const conclude = (ports: RetryPorts, options: RetryOptions, letters: ReadonlyArray<ClaimedLetter>) =>
  async (results: ReadonlyArray<Redelivered>): Promise<E.Either<Unavailable, Retried>> => {
    const pairs = letters.flatMap((letter, i) => {
      const result = results[i]
      return result === undefined ? [] : [{ letter, result }]
    })
    const items = pairs.flatMap(({ letter, result }) =>
      (result.type === 'applied' ? result.failedItems.map((item) => letterOf(ports, options)(letter, item)) : []))
    const kept = await ports.failedEvents.record(items)()
    if (E.isLeft(kept)) return kept
    const outcomes = pairs.map(({ letter, result }) => concluded(ports, options)(letter, result))
    const written = await ports.queue.conclude(outcomes)()
    if (E.isLeft(written)) return written
    const applied = outcomes.filter(({ outcome }) => outcome === 'applied').length
    return E.right({ applied, failed: outcomes.length - applied })
  }

/**
 * One step of the retry worker: claims what is due, applies it again with its original clock, and writes down how that ended.
 * An outage spends no attempt: the claims are given back.
 */
export const retryDeadLetters = (ports: RetryPorts, options: RetryOptions): TaskEither<Unavailable, Retried> => async () => {
  const { queue, reader, handleUnits } = ports
  const claimed = await queue.claimDue(options.limit, options.claimSeconds)()
  if (E.isLeft(claimed)) return claimed
  const letters = claimed.right
  if (letters.length === 0) return E.right(NONE)
  const results = await redeliver(reader, handleUnits)(letters)()
  const ended = E.isLeft(results) ? results : await conclude(ports, options, letters)(results.right)
  if (E.isLeft(ended)) await queue.release(letters)()
  return ended
}
