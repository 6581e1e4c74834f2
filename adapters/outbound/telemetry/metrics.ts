import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600]
const ITEMS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]

type Registers = ReadonlyArray<Registry>

/** Of ingest. */
const writeSide = (registers: Registers) => ({
  events: new Counter({ name: 'daisi_events_total', help: 'Events settled, by type and outcome',
    labelNames: ['event', 'outcome'], registers: [...registers] }),
  failures: new Counter({ name: 'daisi_event_failures_total', help: 'Events or items stored as failed, by reason code',
    labelNames: ['event', 'reason'], registers: [...registers] }),
  repairs: new Counter({ name: 'daisi_event_repairs_total', help: 'Named repairs made to event bodies',
    labelNames: ['repair'], registers: [...registers] }),
  batchItems: new Histogram({ name: 'daisi_batch_items', help: 'Items in a batch',
    buckets: ITEMS, registers: [...registers] }),
  batchSeconds: new Histogram({ name: 'daisi_batch_seconds', help: 'Seconds from a batch taken to committed',
    buckets: SECONDS, registers: [...registers] }),
  eventAge: new Histogram({ name: 'daisi_event_age_seconds', help: 'Seconds from publish to commit',
    labelNames: ['class'], buckets: SECONDS, registers: [...registers] }),
  circuitOpen: new Gauge({ name: 'daisi_circuit_open', help: '1 while pulling is stopped because a dependency is down',
    registers: [...registers] }),
  queued: new Gauge({ name: 'daisi_queued_items', help: 'Items pulled and waiting for a batch',
    registers: [...registers] }),
  mended: new Counter({ name: 'daisi_broker_mended_total', help: 'Stuck pulls and missing streams made anew',
    labelNames: ['what'], registers: [...registers] }),
  relayed: new Counter({ name: 'daisi_dead_letters_relayed_total', help: 'Dead letters copied to the DLQ stream',
    registers: [...registers] }),
  retries: new Counter({ name: 'daisi_dead_letter_retries_total', help: 'Retries of dead letters that ended, by outcome',
    labelNames: ['outcome'], registers: [...registers] }),
  replays: new Counter({ name: 'daisi_replays_total', help: 'Items of replay jobs that ended, dry runs apart, by outcome',
    labelNames: ['outcome'], registers: [...registers] }),
  syncedContacts: new Counter({ name: 'daisi_post_scan_sync_contacts_total', help: 'Contacts that post-scan syncs looked at',
    registers: [...registers] }),
  policyFacts: new Counter({ name: 'daisi_policy_facts_total', help: 'Facts followed by a policy',
    labelNames: ['policy'], registers: [...registers] }),
})

/** Of project, serve, and of every process. */
const readSide = (registers: Registers) => ({
  projectedFacts: new Counter({ name: 'daisi_projected_facts_total', help: 'Facts applied to a projection',
    labelNames: ['projection'], registers: [...registers] }),
  projectionLag: new Gauge({ name: 'daisi_projection_lag_seconds', help: 'Age of the oldest fact not yet projected',
    labelNames: ['projection'], registers: [...registers] }),
  poolConnections: new Gauge({ name: 'daisi_database_pool_connections', help: 'Connections of the pool by state',
    labelNames: ['state'], registers: [...registers] }),
  requests: new Counter({ name: 'daisi_graphql_requests_total', help: 'GraphQL requests by HTTP status class',
    labelNames: ['status'], registers: [...registers] }),
  requestSeconds: new Histogram({ name: 'daisi_graphql_request_seconds', help: 'Seconds a GraphQL request took',
    buckets: SECONDS, registers: [...registers] }),
  clockOffset: new Gauge({ name: 'daisi_clock_offset_seconds', help: 'Seconds that a server\'s clock is ahead of ours',
    labelNames: ['server'], registers: [...registers] }),
})

/** Every metric of the service, in one place. Labels are bounded: event types, outcomes, reasons; never ids or companies. */
export const serviceMetrics = () => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'daisi_' })
  return { registry, ...writeSide([registry]), ...readSide([registry]) }
}

export type ServiceMetrics = ReturnType<typeof serviceMetrics>
