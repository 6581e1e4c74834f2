import * as E from 'fp-ts/lib/Either.js'
import type { Concluded, RetryQueue } from '../../application/ports/retry-queue.ts'
import type { ServiceMetrics } from '../outbound/telemetry/metrics/service-metrics.ts'

type Metrics = Pick<ServiceMetrics, 'fetches' | 'fetched' | 'retries' | 'attempts'>

const OUTCOMES = ['applied', 'failed', 'exhausted'] as const

const outcomeOf = (concluded: Concluded): (typeof OUTCOMES)[number] => {
  if (concluded.outcome === 'applied') return 'applied'
  return concluded.retryInSeconds === undefined ? 'exhausted' : 'failed'
}

/** How often dead letters are looked for, found, and how their retries end. */
export const measuredRetries = (queue: RetryQueue, { fetches, fetched, retries, attempts }: Metrics): RetryQueue => {
  for (const result of ['found', 'empty']) fetches.inc({ result }, 0)
  for (const outcome of OUTCOMES) retries.inc({ outcome }, 0)
  const retriesOf = new Map<number, number>()
  return {
    ...queue,
    claimDue: (limit, claimSeconds) => async () => {
      const claimed = await queue.claimDue(limit, claimSeconds)()
      if (E.isLeft(claimed)) return claimed
      fetches.inc({ result: claimed.right.length > 0 ? 'found' : 'empty' })
      fetched.inc(claimed.right.length)
      retriesOf.clear()
      for (const { id, retries: before } of claimed.right) retriesOf.set(id, before + 1)
      return claimed
    },
    conclude: (outcomes) => async () => {
      const written = await queue.conclude(outcomes)()
      if (E.isRight(written)) for (const concluded of outcomes) {
        retries.inc({ outcome: outcomeOf(concluded) })
        attempts.observe(retriesOf.get(concluded.id) ?? 1)
      }
      return written
    },
  }
}
