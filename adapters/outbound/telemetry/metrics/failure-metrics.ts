import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { ATTEMPTS } from './buckets.ts'

/** What becomes of events that failed; in ingest. Gauges are of the whole service: every process shows the same. */
export const failureMetrics = (registers: Registry[]) => ({
  failedEvents: new Gauge({ name: 'daisi_failed_events',
    help: 'Failed events kept, by status and reason; retrying: at the broker, dead: retried by us, exhausted: waits for an operator',
    labelNames: ['status', 'reason'], registers }),
  overdue: new Gauge({ name: 'daisi_dead_letter_overdue_seconds',
    help: 'For how long the dead letter that is due for longest has waited for its retry; 0 when none is due', registers }),
  unrelayed: new Gauge({ name: 'daisi_dead_letter_unrelayed_seconds',
    help: 'For how long the oldest dead letter without a copy in the DLQ stream has been one; 0 when there is none', registers }),
  relayed: new Counter({ name: 'daisi_dead_letters_relayed_total', help: 'Dead letters copied to the DLQ stream', registers }),
  fetches: new Counter({ name: 'daisi_dead_letter_fetches_total', help: 'Looks for dead letters that are due, by what they found',
    labelNames: ['result'], registers }),
  fetched: new Counter({ name: 'daisi_dead_letters_fetched_total', help: 'Dead letters taken for a retry', registers }),
  retries: new Counter({ name: 'daisi_dead_letter_retries_total',
    help: 'Retries of dead letters that ended; exhausted: it was the last, an operator decides', labelNames: ['outcome'], registers }),
  attempts: new Histogram({ name: 'daisi_dead_letter_attempts', help: 'Which retry of a dead letter it was that ended',
    buckets: ATTEMPTS, registers }),
  replays: new Counter({ name: 'daisi_replays_total', help: 'Items of replay jobs that ended, dry runs apart, by outcome',
    labelNames: ['outcome'], registers }),
})
