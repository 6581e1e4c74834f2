import type { CircuitProbe } from '../inbound/nats/circuit.ts'
import type { IngestProbe, Outcome } from '../inbound/nats/ingest-probe.ts'
import { REPAIRS } from '../inbound/nats/json/body.ts'
import { eventNames } from '../inbound/nats/subjects.ts'
import { UNUSUAL } from '../inbound/nats/unusual.ts'
import type { Logger } from '../outbound/telemetry/logger.ts'
import type { ServiceMetrics } from '../outbound/telemetry/metrics/service-metrics.ts'

const ERROR_EVERY_MS = 60_000

const classOf = (event: string): string => (event.startsWith('v1.history') ? 'history' : 'realtime')

/** One line a minute while a dependency is down. */
const outages = ({ circuitOpen, circuitOpened }: ServiceMetrics, logger: Logger): CircuitProbe => {
  let lastSaid = 0
  return {
    opened: (cause) => {
      circuitOpen.set(1)
      circuitOpened.inc()
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

const OUTCOMES = ['applied', 'unchanged', 'partial', 'failed', 'retried'] as const satisfies ReadonlyArray<Outcome>

/** An event names another agent or JID for a known chat; known only beside the chat as it is stored (bad inputs E117). */
const CHAT_MOVED = 'chat_moved'

/** What `handleBatch` tells of events that contradict what is kept for good; of all kinds only chats do. */
export const countingMoves = ({ unusual }: Pick<ServiceMetrics, 'unusual'>) => (contradictions: number): void => {
  unusual.inc({ what: CHAT_MOVED }, contradictions)
}

/** Reasons whose first case is one too many. */
const ALARMING = ['handler_error', 'failure_not_stored']

/** A counter that begins at 1 has no increase: those whose labels are known begin at 0. */
const beginAtZero = ({ received, events, failures, mended, repairs, unusual }: ServiceMetrics): void => {
  for (const event of [...eventNames, 'invalid']) {
    for (const delivery of ['first', 'again']) received.inc({ event, delivery }, 0)
    for (const outcome of OUTCOMES) events.inc({ event, outcome }, 0)
    for (const reason of ALARMING) failures.inc({ event, reason }, 0)
  }
  for (const what of ['pull', 'stream']) mended.inc({ what }, 0)
  for (const repair of REPAIRS) repairs.inc({ repair }, 0)
  for (const what of [...UNUSUAL, CHAT_MOVED]) unusual.inc({ what }, 0)
}

/** What the pipeline lets be seen, as metrics and log lines: one line a failure, none for what went well. */
export const ingestProbe = (metrics: ServiceMetrics, logger: Logger): IngestProbe => {
  beginAtZero(metrics)
  return {
    ...outages(metrics, logger),
    received: (event, again) => { metrics.received.inc({ event, delivery: again ? 'again' : 'first' }) },
    settled: (event, outcome, { ageSeconds, processingSeconds }) => {
      metrics.events.inc({ event, outcome })
      metrics.eventAge.observe({ class: classOf(event) }, ageSeconds)
      metrics.processingSeconds.observe({ event }, processingSeconds)
    },
    failed: (event, reason, { companyId, stream, sequence }, cause) => {
      metrics.failures.inc({ event, reason })
      if (cause === undefined) logger.warn('event failed', { event, reason, companyId, stream, sequence })
      else logger.error('event failed', { event, reason, companyId, stream, sequence }, cause)
    },
    repaired: (repair) => { metrics.repairs.inc({ repair }) },
    unusual: (what) => { metrics.unusual.inc({ what }) },
    batch: (items, seconds) => {
      metrics.batchItems.observe(items)
      metrics.batchSeconds.observe(seconds)
    },
    mended: (what) => { metrics.mended.inc({ what }) },
  }
}
