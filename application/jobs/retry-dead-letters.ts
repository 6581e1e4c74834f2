import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { reapply, type Reapplied } from '../commands/reapply.ts'
import type { HandleUnits } from '../commands/isolate-faults.ts'
import type { EventReader } from '../ports/event-reader.ts'
import type { ClaimedLetter, Concluded, RetryQueue } from '../ports/retry-queue.ts'
import type { Unavailable } from '../ports/unavailable.ts'
import { retryIn, type RetrySchedule } from '../retry-schedule.ts'
import { settlementOf } from '../settlement.ts'

export interface RetryPorts {
  readonly queue: RetryQueue
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
const isRetryable = ({ failure }: Reapplied & { readonly type: 'failed' }): boolean => {
  const settlement = settlementOf(failure)
  return settlement.type === 'store' && settlement.counted
}

const concluded = ({ reader, chance }: RetryPorts, { schedule }: RetryOptions) =>
  ({ companyId, id, retries }: ClaimedLetter, result: Reapplied): Concluded => {
    if (result.type === 'applied') return { companyId, id, outcome: 'applied' }
    const retryInSeconds = isRetryable(result) ? retryIn(schedule, retries + 1, chance()) : undefined
    return { companyId, id, outcome: 'failed', problem: reader.describe(result.failure), retryInSeconds }
  }

const NONE: Retried = { applied: 0, failed: 0 }

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
  const results = await reapply(reader, handleUnits)(letters)()
  if (E.isLeft(results)) {
    await queue.release(letters)()
    return results
  }
  const outcomes = results.right.flatMap((result, i) => {
    const letter = letters[i]
    return letter === undefined ? [] : [concluded(ports, options)(letter, result)]
  })
  const written = await queue.conclude(outcomes)()
  if (E.isLeft(written)) return written
  const applied = outcomes.filter(({ outcome }) => outcome === 'applied').length
  return E.right({ applied, failed: outcomes.length - applied })
}
