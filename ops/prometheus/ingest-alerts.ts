import { whileAbove, type Alert } from './alert.ts'

const [QUIET_AGE, CROWDED] = ['daisi_held_event_age_seconds{crowd="quiet"}', 'daisi_held_companies{crowd="crowded"}']
const [FIRST, AGAIN] = ['daisi_events_received_total{delivery="first"}', 'daisi_events_received_total{delivery="again"}']

/** Bars of lag: design 1, reliability 5.3. */
export const ingestAlerts: ReadonlyArray<Alert> = [
  {
    name: 'DaisiCircuitOpen', expr: 'max(daisi_circuit_open) > 0', for: '1m', severity: 'page',
    summary: 'Ingest takes no events because PostgreSQL or NATS does not answer it.',
    fires: { at: '5m', series: { daisi_circuit_open: '0 1x10' } }, quiet: { at: '5m', series: { daisi_circuit_open: '0 0 0 0 0 1' } },
  },
  {
    name: 'DaisiBrokerDisconnected', expr: 'min by (instance) (daisi_broker_connected) < 1', for: '1m', severity: 'page',
    summary: 'Ingest at {{ $labels.instance }} has no connection to NATS.', labels: { instance: 'a' },
    fires: { at: '5m', series: { 'daisi_broker_connected{instance="a"}': '0x10' } },
    quiet: { at: '5m', series: { 'daisi_broker_connected{instance="a"}': '1x10' } },
  },
  whileAbove({
    name: 'DaisiIngestLag', metric: 'daisi_oldest_unprocessed_event_age_seconds{class="realtime"}', bound: 60, for: '5m',
    severity: 'page', summary: 'A realtime event has not been processed for more than a minute.',
  }),
  whileAbove({
    name: 'DaisiHistoryLag', metric: 'daisi_oldest_unprocessed_event_age_seconds{class="history"}', bound: 21_600, for: '15m',
    severity: 'ticket', summary: 'A history import has waited for more than six hours.',
  }),
  {
    name: 'DaisiUnfair',
    expr: 'max(daisi_held_event_age_seconds{crowd="quiet"}) > 10 and on () max(daisi_held_companies{crowd="crowded"}) > 0',
    for: '5m', severity: 'ticket', summary: 'Companies with few events wait for more than 10 s while others have many.',
    fires: { at: '10m', series: { [QUIET_AGE]: '20x15', [CROWDED]: '1x15' } },
    quiet: { at: '10m', series: { [QUIET_AGE]: '20x15', [CROWDED]: '0x15' } },
  },
  {
    name: 'DaisiRedeliveries',
    expr: 'sum(rate(daisi_events_received_total{delivery="again"}[10m])) > 0.1 * sum(rate(daisi_events_received_total[10m]))',
    for: '15m', severity: 'ticket', summary: 'More than a tenth of the deliveries are repetitions.',
    fires: { at: '40m', series: { [AGAIN]: '0+20x60', [FIRST]: '0+60x60' } },
    quiet: { at: '40m', series: { [AGAIN]: '0+1x60', [FIRST]: '0+60x60' } },
  },
  {
    name: 'DaisiBrokerMended', expr: 'sum by (what) (increase(daisi_broker_mended_total[1h])) > 3', for: '0m', severity: 'ticket',
    summary: 'A {{ $labels.what }} at the broker had to be made anew again and again.', labels: { what: 'pull' },
    fires: { at: '60m', series: { 'daisi_broker_mended_total{what="pull"}': '0+1x60' } },
    quiet: { at: '60m', series: { 'daisi_broker_mended_total{what="pull"}': '0x30 1x30' } },
  },
  whileAbove({
    name: 'DaisiCompaniesUnlisted', metric: 'daisi_companies{state="unlisted"}', bound: 0, for: '30m', severity: 'ticket',
    summary: 'Companies publish that COMPANY_IDS does not list: nobody takes their events.',
  }),
]
