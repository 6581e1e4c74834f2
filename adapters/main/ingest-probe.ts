import type { CircuitProbe } from '../inbound/nats/circuit.ts'
import type { IngestProbe } from '../inbound/nats/ingest-probe.ts'
import type { Logger } from '../outbound/telemetry/logger.ts'
import type { ServiceMetrics } from '../outbound/telemetry/metrics.ts'

const ERROR_EVERY_MS = 60_000

const classOf = (event: string): string => (event.startsWith('v1.history') ? 'history' : 'realtime')

/** One line a minute while a dependency is down. */
const outages = ({ circuitOpen }: ServiceMetrics, logger: Logger): CircuitProbe => {
  let lastSaid = 0
  return {
    opened: (cause) => {
      circuitOpen.set(1)
      if (Date.now() - lastSaid < ERROR_EVERY_MS) return
      lastSaid = Date.now()
      logger.error('a dependency is down: pulling stops until it answers', {}, cause)
    },
    closed: () => {
      circuitOpen.set(0)
      logger.info('the dependency answers again')
    },
  }
}

/** What the pipeline lets be seen, as metrics and log lines: one line a failure, none for what went well. */
export const ingestProbe = (metrics: ServiceMetrics, logger: Logger): IngestProbe => ({
  ...outages(metrics, logger),
  settled: (event, outcome, ageSeconds) => {
    metrics.events.inc({ event, outcome })
    metrics.eventAge.observe({ class: classOf(event) }, ageSeconds)
  },
  failed: (event, reason, { companyId, stream, sequence }, cause) => {
    metrics.failures.inc({ event, reason })
    if (cause === undefined) logger.warn('event failed', { event, reason, companyId, stream, sequence })
    else logger.error('event failed', { event, reason, companyId, stream, sequence }, cause)
  },
  repaired: (repair) => { metrics.repairs.inc({ repair }) },
  batch: (items, seconds) => {
    metrics.batchItems.observe(items)
    metrics.batchSeconds.observe(seconds)
  },
  queued: (items) => { metrics.queued.set(items) },
  mended: (what) => { metrics.mended.inc({ what }) },
})
