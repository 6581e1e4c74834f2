import { quantile, rate, share, type Dashboard } from './dashboard.ts'

/** What failed, why, and what is done about it. */
export const failures: Dashboard = { name: 'failures', title: 'Failures', rows: [
  { title: 'Kept', panels: [
    { title: 'Failed events by status', unit: 'short',
      queries: [['sum by (status) (max by (status, reason) (daisi_failed_events))', '{{status}}']] },
    { title: 'Waiting for an operator, by reason', unit: 'short',
      queries: [['max by (reason) (daisi_failed_events{status="exhausted"})', '{{reason}}']] },
    { title: 'Longest due for a retry', unit: 's', queries: [['max(daisi_dead_letter_overdue_seconds)', 'overdue']] },
    { title: 'Longest not copied to the DLQ stream', unit: 's', queries: [['max(daisi_dead_letter_unrelayed_seconds)', 'not copied']] },
  ] },
  { title: 'Failing', panels: [
    { title: 'Failures by reason', unit: 'cps', queries: [[rate('daisi_event_failures_total', ['reason']), '{{reason}}']] },
    { title: 'Failures by type', unit: 'cps', queries: [[rate('daisi_event_failures_total', ['event']), '{{event}}']] },
    { title: 'Share of events that fail', unit: 'percentunit',
      queries: [[share('daisi_events_total', 'outcome=~"failed|partial"'), 'failed']] },
    { title: 'Given back to the broker', unit: 'cps', queries: [[rate('daisi_events_total{outcome="retried"}', ['event']), '{{event}}']] },
  ] },
  { title: 'Dead letters', panels: [
    { title: 'Looks for due ones', unit: 'cps', queries: [[rate('daisi_dead_letter_fetches_total', ['result']), '{{result}}'],
      [rate('daisi_dead_letters_fetched_total'), 'letters']] },
    { title: 'Retries by outcome', unit: 'cps', queries: [[rate('daisi_dead_letter_retries_total', ['outcome']), '{{outcome}}']] },
    { title: 'Which retry ended', unit: 'short', queries: [[quantile(0.5, 'daisi_dead_letter_attempts'), 'p50'],
      [quantile(0.99, 'daisi_dead_letter_attempts'), 'p99']] },
    { title: 'Copied and replayed', unit: 'cps', queries: [[rate('daisi_dead_letters_relayed_total'), 'copied to the DLQ stream'],
      [rate('daisi_replays_total', ['outcome']), 'replay {{outcome}}']] },
  ] },
] }
