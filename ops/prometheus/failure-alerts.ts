import { whileAbove, type Alert } from './alert.ts'

export const failureAlerts: ReadonlyArray<Alert> = [
  {
    name: 'DaisiFailuresNotStored', expr: 'sum(increase(daisi_event_failures_total{reason="failure_not_stored"}[5m])) > 0', for: '0m',
    severity: 'page', summary: 'A failure could not be stored: its event comes again and again, and its company stands still behind it.',
    fires: { at: '10m', series: { 'daisi_event_failures_total{reason="failure_not_stored"}': '0+1x15' } },
    quiet: { at: '10m', series: { 'daisi_event_failures_total{reason="failure_not_stored"}': '3x15' } },
  },
  {
    name: 'DaisiManyFailures', for: '10m', severity: 'page', summary: 'More than a twentieth of the events fail.',
    expr: 'sum(rate(daisi_events_total{outcome=~"failed|partial"}[10m])) > 0.05 * sum(rate(daisi_events_total[10m]))',
    fires: { at: '30m', series: { 'daisi_events_total{outcome="failed"}': '0+10x40', 'daisi_events_total{outcome="applied"}': '0+60x40' } },
    quiet: { at: '30m', series: { 'daisi_events_total{outcome="failed"}': '0+1x40', 'daisi_events_total{outcome="applied"}': '0+60x40' } },
  },
  whileAbove({
    name: 'DaisiKillsProcess', metric: 'daisi_failed_events{status="exhausted", reason="kills_process"}', bound: 0, for: '0m',
    severity: 'page', summary: 'An event has ended the process three times and was set aside.',
  }),
  {
    name: 'DaisiBugs', expr: 'sum(increase(daisi_event_failures_total{reason="handler_error"}[15m])) > 0', for: '0m', severity: 'ticket',
    summary: 'Events fail for reasons that nobody expected.',
    fires: { at: '20m', series: { 'daisi_event_failures_total{reason="handler_error"}': '0+1x30' } },
    quiet: { at: '20m', series: { 'daisi_event_failures_total{reason="handler_error"}': '5x30' } },
  },
  {
    name: 'DaisiExhausted', expr: 'sum by (reason) (delta(daisi_failed_events{status="exhausted"}[1h])) > 0 or ' +
      'max by (reason) (daisi_failed_events{status="exhausted"} unless daisi_failed_events{status="exhausted"} offset 1h) > 0',
    for: '0m', severity: 'ticket', summary: 'More events wait for an operator than an hour ago: {{ $labels.reason }}.',
    labels: { reason: 'missing_field' },
    fires: { at: '90m', series: { 'daisi_failed_events{status="exhausted", reason="missing_field"}': '_x80 3x30' } },
    quiet: { at: '90m', series: { 'daisi_failed_events{status="exhausted", reason="missing_field"}': '3x120' } },
  },
  whileAbove({
    name: 'DaisiRetriesOverdue', metric: 'daisi_dead_letter_overdue_seconds', bound: 300, for: '5m', severity: 'ticket',
    summary: 'Dead letters have been due for a retry for more than five minutes.',
  }),
  whileAbove({
    name: 'DaisiDeadLettersNotCopied', metric: 'daisi_dead_letter_unrelayed_seconds', bound: 300, for: '5m', severity: 'ticket',
    summary: 'Dead letters have not been copied to the DLQ stream for more than five minutes.',
  }),
]
