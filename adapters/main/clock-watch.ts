import type { Logger } from '../outbound/telemetry/logger.ts'
import type { ServiceMetrics } from '../outbound/telemetry/metrics/service-metrics.ts'
import type { Stoppable } from './shutdown.ts'

const LOOK_EVERY_MS = 60_000
/** Beyond it ages and waits are wrong, states are not: those go by the events' own clocks (bad inputs C16, reliability G7). */
const FAR_OFF_SECONDS = 300
const MS_PER_SECOND = 1_000

/** The clock of a server that the process works with; milliseconds since 1970. */
export interface WatchedClock { readonly server: 'postgresql' | 'nats'; readonly nowMs: () => Promise<number> }

/** By how many seconds the server is ahead of us; the way there and back counts half. */
const offsetOf = async ({ nowMs }: WatchedClock): Promise<number> => {
  const before = Date.now()
  const theirs = await nowMs()
  return (theirs - (before + Date.now()) / 2) / MS_PER_SECOND
}

/** Compares our clock with those of our servers, now and every minute; one that is far off is said, and measured, nothing more. */
export const watchClocks = (clocks: ReadonlyArray<WatchedClock>, { clockOffset }: ServiceMetrics, logger: Logger): Stoppable => {
  const look = (): void => {
    for (const clock of clocks)
      offsetOf(clock).then((seconds) => {
        clockOffset.set({ server: clock.server }, seconds)
        if (Math.abs(seconds) > FAR_OFF_SECONDS)
          logger.warn('our clock and a server\'s are far apart', { server: clock.server, seconds: Math.round(seconds) })
      }).catch(() => { logger.debug('a clock could not be read', { server: clock.server }) })
  }
  look()
  const timer = setInterval(look, LOOK_EVERY_MS)
  return { stop: async () => { clearInterval(timer) } }
}
