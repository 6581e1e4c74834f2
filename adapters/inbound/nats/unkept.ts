import { retryDelayMs } from './failure-desk.ts'
import type { IngestProbe } from './ingest-probe.ts'
import type { TrackedEvent } from './tracked-event.ts'

/**
 * PostgreSQL answers, but refuses to be told something of this event's failures: it comes again, and nobody else waits for it. A
 * rejection would end the process, and the event would end the next one, too.
 */
export const unkept = ({ failed }: Pick<IngestProbe, 'failed'>) => (event: TrackedEvent, cause: unknown): void => {
  const { companyId, incoming: { delivery: { stream, sequence, deliveries } } } = event
  failed(event.event, 'failure_not_stored', { companyId, stream, sequence }, cause)
  event.retryMs = retryDelayMs(deliveries)
}
