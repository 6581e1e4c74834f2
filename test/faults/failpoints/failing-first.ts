import * as E from 'fp-ts/lib/Either.js'
import type { HandleBatch } from '../../../application/commands/handle-batch.ts'
import type { OpenOperations } from '../../../application/operations.ts'
import type { FailedEvent, FailedEvents } from '../../../application/ports/failed-events.ts'
import type { RetryQueue } from '../../../application/ports/retry-queue.ts'
import { rightOf } from '../../support/right-of.ts'
import type { Reach } from './failpoint.ts'

/** A dead letter at once, and due at once; or given up, for an operator to replay. By the first word of the boundary. */
const FATES: Readonly<Record<string, FailedEvent['fate']>> = {
  retry: { type: 'attempt', maxAttempts: 1, retryInSeconds: 0 }, replay: { type: 'final' },
}

/**
 * Where the process is to die in a retry or a replay: makes the company's events fail with a bug until their letter is copied to the DLQ
 * stream. From then on nothing fails, and what is to be replayed is asked for. For other boundaries everything stays as it is.
 */
export const failingFirst = ({ boundary, company, concerns }: Reach) => {
  const fate = FATES[boundary.split('.')[0] ?? '']
  let isFailing = fate !== undefined
  return {
    handle: (next: HandleBatch): HandleBatch => (batch) => {
      if (isFailing && concerns(batch.map(({ companyId }) => companyId))) throw new Error('fails until it is a dead letter')
      return next(batch)
    },
    record: ({ record }: FailedEvents): FailedEvents['record'] => (failures) => record(failures.map((failure) =>
      (fate !== undefined && concerns([failure.companyId]) ? { ...failure, fate } : failure))),
    retryQueue: (queue: RetryQueue): RetryQueue => ({ ...queue,
      claimDue: (limit, seconds) => (isFailing ? async () => E.right([]) : queue.claimDue(limit, seconds)) }),
    /** Letters of these companies are in the DLQ stream, and marked so. */
    copied: async (companies: ReadonlyArray<string>, open: () => Promise<OpenOperations>): Promise<void> => {
      if (!isFailing || !concerns(companies)) return
      isFailing = false
      if (fate?.type !== 'final') return
      const companyId = company as FailedEvent['companyId']
      await rightOf((await open())(companyId).requestReplay({ companyId, actor: 'test', selection: { conditions: { status: 'exhausted' } },
        dryRun: false }))
    },
  }
}
