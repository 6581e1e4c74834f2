import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { ITEMS, SECONDS } from './buckets.ts'

/** What happens to events. `event`: subject without the company, so version, type and action. */
const eventMetrics = (registers: Registry[]) => ({
  received: new Counter({ name: 'daisi_events_received_total', help: 'Events delivered by the broker, for the first time or again',
    labelNames: ['event', 'delivery'], registers }),
  events: new Counter({ name: 'daisi_events_total', help: 'Events settled, by type and outcome',
    labelNames: ['event', 'outcome'], registers }),
  failures: new Counter({ name: 'daisi_event_failures_total', help: 'Events or items stored as failed, by reason code',
    labelNames: ['event', 'reason'], registers }),
  repairs: new Counter({ name: 'daisi_event_repairs_total', help: 'Named repairs made to event bodies',
    labelNames: ['repair'], registers }),
  unusual: new Counter({ name: 'daisi_unusual_events_total',
    help: 'Events applied as they came and yet worth a look; chat_moved: a known chat under another agent or JID',
    labelNames: ['what'], registers }),
  processingSeconds: new Histogram({ name: 'daisi_event_processing_seconds', help: 'Seconds from an event delivered to settled',
    labelNames: ['event'], buckets: SECONDS, registers }),
  eventAge: new Histogram({ name: 'daisi_event_age_seconds', help: 'Seconds from publish to commit',
    labelNames: ['class'], buckets: SECONDS, registers }),
  batchItems: new Histogram({ name: 'daisi_batch_items', help: 'Items in a batch', buckets: ITEMS, registers }),
  batchSeconds: new Histogram({ name: 'daisi_batch_seconds', help: 'Seconds from a batch taken to committed',
    buckets: SECONDS, registers }),
})

/** What waits, and for how long. `class`: realtime or history. */
const backlogMetrics = (registers: Registry[]) => ({
  queued: new Gauge({ name: 'daisi_queued_items', help: 'Items pulled and waiting for a batch', registers }),
  held: new Gauge({ name: 'daisi_held_events', help: 'Events delivered and not settled yet', labelNames: ['class'], registers }),
  oldestUnprocessed: new Gauge({ name: 'daisi_oldest_unprocessed_event_age_seconds',
    help: 'Age of the oldest event that is not settled yet, at the broker or here, of the companies of this process; 0 when there is none',
    labelNames: ['class'], registers }),
  companies: new Gauge({ name: 'daisi_companies',
    help: 'Companies that publish: consumed by this process, suspended, or not in COMPANY_IDS', labelNames: ['state'], registers }),
  heldCompanies: new Gauge({ name: 'daisi_held_companies',
    help: 'Companies with events here; `crowded`: more than a turn takes, `quiet`: fewer', labelNames: ['crowd'], registers }),
  heldAge: new Gauge({ name: 'daisi_held_event_age_seconds',
    help: 'Age of the oldest event here, of crowded and of quiet companies: fair is when a crowd leaves the quiet alone',
    labelNames: ['crowd'], registers }),
})

const brokerMetrics = (registers: Registry[]) => ({
  circuitOpen: new Gauge({ name: 'daisi_circuit_open', help: '1 while pulling is stopped because a dependency is down', registers }),
  circuitOpened: new Counter({ name: 'daisi_circuit_opened_total', help: 'How often pulling was stopped', registers }),
  mended: new Counter({ name: 'daisi_broker_mended_total', help: 'Stuck pulls and missing streams made anew',
    labelNames: ['what'], registers }),
  brokerConnected: new Gauge({ name: 'daisi_broker_connected', help: '1 while connected to NATS', registers }),
  brokerDisconnects: new Counter({ name: 'daisi_broker_disconnects_total', help: 'Connections to NATS that were lost', registers }),
})

/** What follows the log in ingest. */
const policyMetrics = (registers: Registry[]) => ({
  policyFacts: new Counter({ name: 'daisi_policy_facts_total', help: 'Facts followed by a policy', labelNames: ['policy'], registers }),
  policyInstructions: new Counter({ name: 'daisi_policy_instructions_total',
    help: 'Instructions of policies and of the post-scan sync by outcome; kind onboarding: the outcomes of onboardings',
    labelNames: ['policy', 'kind', 'outcome'], registers }),
  policyLag: new Gauge({ name: 'daisi_policy_lag_seconds', help: 'Age of the oldest fact that a policy has not followed',
    labelNames: ['policy'], registers }),
  syncedContacts: new Counter({ name: 'daisi_post_scan_sync_contacts_total', help: 'Contacts that post-scan syncs looked at', registers }),
})

export const ingestMetrics = (registers: Registry[]) =>
  ({ ...eventMetrics(registers), ...backlogMetrics(registers), ...brokerMetrics(registers), ...policyMetrics(registers) })
