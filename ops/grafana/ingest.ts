import { operationSeconds, quantile, rate, type Dashboard } from './dashboard.ts'

/** From the broker to the commit, and whether companies get their share. */
export const ingest: Dashboard = { name: 'ingest', title: 'Ingest', rows: [
  { title: 'Events', panels: [
    { title: 'Received', unit: 'cps', queries: [[rate('daisi_events_received_total', ['event']), '{{event}}']] },
    { title: 'Delivered again', unit: 'cps', queries: [[rate('daisi_events_received_total{delivery="again"}', ['event']), '{{event}}']] },
    { title: 'Settled by type', unit: 'cps', queries: [[rate('daisi_events_total', ['event']), '{{event}}']] },
    { title: 'Processing, p99', unit: 's', queries: [[quantile(0.99, 'daisi_event_processing_seconds', ['event']), '{{event}}']] },
    { title: 'Publish to commit', unit: 's', queries: [
      [quantile(0.5, 'daisi_event_age_seconds', ['class']), '{{class}} p50'],
      [quantile(0.99, 'daisi_event_age_seconds', ['class']), '{{class}} p99']] },
    { title: 'Oldest unprocessed event', unit: 's',
      queries: [['max by (class) (daisi_oldest_unprocessed_event_age_seconds)', '{{class}}']] },
    { title: 'Repairs', unit: 'cps', queries: [[rate('daisi_event_repairs_total', ['repair']), '{{repair}}']] },
    { title: 'Unusual', unit: 'cps', queries: [[rate('daisi_unusual_events_total', ['what']), '{{what}}']] },
    { title: 'Companies', unit: 'short', queries: [['sum(daisi_companies{state="consumed"})', 'consumed'],
      ['sum(daisi_companies{state="suspended"})', 'suspended'], ['max(daisi_companies{state="unlisted"})', 'unlisted']] },
  ] },
  { title: 'Batches', panels: [
    { title: 'Items in a batch', unit: 'short',
      queries: [[quantile(0.5, 'daisi_batch_items'), 'p50'], [quantile(0.99, 'daisi_batch_items'), 'p99']] },
    { title: 'Seconds of a batch', unit: 's',
      queries: [[quantile(0.5, 'daisi_batch_seconds'), 'p50'], [quantile(0.99, 'daisi_batch_seconds'), 'p99']] },
    { title: 'Waiting and held', unit: 'short', queries: [['sum(daisi_queued_items)', 'items that wait for a batch'],
      ['sum by (class) (daisi_held_events)', '{{class}} events held']] },
    { title: 'Transaction: whole, load, save (p99)', unit: 's', queries: [[operationSeconds('transactions?[.].+'),
      '{{operation}}']] },
  ] },
  { title: 'Fairness', panels: [
    { title: 'Companies with events here', unit: 'short', queries: [['sum by (crowd) (daisi_held_companies)', '{{crowd}}']] },
    { title: 'Age of the oldest event here', unit: 's', queries: [['max by (crowd) (daisi_held_event_age_seconds)', '{{crowd}}']] },
  ] },
  { title: 'Broker and circuit', panels: [
    { title: 'Circuit open', unit: 'bool_on_off', queries: [['max by (instance) (daisi_circuit_open)', '{{instance}}']] },
    { title: 'Circuit opened', unit: 'cps', queries: [[rate('daisi_circuit_opened_total'), 'opened']] },
    { title: 'Connected to NATS', unit: 'bool_on_off', queries: [['min by (instance) (daisi_broker_connected)', '{{instance}}']] },
    { title: 'Lost and mended', unit: 'cps', queries: [[rate('daisi_broker_disconnects_total'), 'disconnects'],
      [rate('daisi_broker_mended_total', ['what']), '{{what}} made anew']] },
  ] },
] }
