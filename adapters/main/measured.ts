import * as E from 'fp-ts/lib/Either.js'
import type { ServiceMetrics } from '../outbound/telemetry/metrics/service-metrics.ts'
import type { Around } from './around.ts'

const MS_PER_SECOND = 1_000

/** A value on the left that is an outage or a refusal of the store; refusals that a use case means are none. */
const isFailure = (left: unknown): boolean => {
  const type: unknown = typeof left === 'object' && left !== null ? Reflect.get(left, 'type') : undefined
  return type === 'Unavailable' || type === 'Unstorable' || type === 'TooSlow'
}

/** Seconds of each operation, and how many failed. */
export const measured = ({ databaseSeconds, databaseFailures }: Pick<ServiceMetrics, 'databaseSeconds' | 'databaseFailures'>): Around =>
  async (operation, run) => {
    const begun = performance.now()
    let failed = true
    try {
      const result = await run()
      failed = E.isLeft(result) && isFailure(result.left)
      return result
    } finally {
      databaseSeconds.observe({ operation }, (performance.now() - begun) / MS_PER_SECOND)
      databaseFailures.inc({ operation }, failed ? 1 : 0)
    }
  }
