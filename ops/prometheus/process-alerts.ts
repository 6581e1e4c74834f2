import { whileAbove, type Alert } from './alert.ts'

const PROCESSES = ['ingest', 'project', 'serve'] as const

const up = (processes: ReadonlyArray<string>): Alert['quiet']['series'] =>
  Object.fromEntries(processes.map((process) => [`daisi_build_info{process="${process}"}`, '1x30']))

export const processAlerts: ReadonlyArray<Alert> = [
  ...PROCESSES.map((process): Alert => ({
    name: `Daisi${process[0]?.toUpperCase() ?? ''}${process.slice(1)}Down`, expr: `absent(daisi_build_info{process="${process}"})`,
    for: '2m', severity: 'page', summary: `No process ${process} can be scraped.`, labels: { process },
    fires: { at: '10m', series: up(PROCESSES.filter((other) => other !== process)) }, quiet: { at: '10m', series: up(PROCESSES) },
  })),
  {
    name: 'DaisiPoolExhausted', expr: 'sum by (instance, pool) (daisi_database_pool_connections{state="waiting"}) > 0', for: '5m',
    severity: 'ticket', summary: 'At {{ $labels.instance }} work waits for a connection of the pool {{ $labels.pool }}.',
    labels: { instance: 'a', pool: 'write' },
    fires: { at: '20m', series: { 'daisi_database_pool_connections{instance="a", pool="write", state="waiting"}': '2x30' } },
    quiet: { at: '20m', series: { 'daisi_database_pool_connections{instance="a", pool="write", state="waiting"}': '0 2 0 2 0x30' } },
  },
  {
    name: 'DaisiDatabaseFailures', expr: 'sum(rate(daisi_database_failures_total[5m])) > 0.1', for: '5m', severity: 'page',
    summary: 'PostgreSQL does not answer, or refuses what it is asked.',
    fires: { at: '20m', series: { 'daisi_database_failures_total{operation="transactions.transact"}': '0+60x30' } },
    quiet: { at: '20m', series: { 'daisi_database_failures_total{operation="transactions.transact"}': '0+1x30' } },
  },
  {
    name: 'DaisiDatabaseSlow', for: '10m', severity: 'ticket', summary: 'One batch in a hundred takes PostgreSQL more than 2.5 s.',
    expr: 'histogram_quantile(0.99, sum by (le) (rate(daisi_database_seconds_bucket{operation="transactions.transact"}[10m]))) > 2.5',
    fires: { at: '40m', series: { 'daisi_database_seconds_bucket{operation="transactions.transact", le="2.5"}': '0+50x60',
      'daisi_database_seconds_bucket{operation="transactions.transact", le="5"}': '0+100x60',
      'daisi_database_seconds_bucket{operation="transactions.transact", le="+Inf"}': '0+100x60' } },
    quiet: { at: '40m', series: { 'daisi_database_seconds_bucket{operation="transactions.transact", le="2.5"}': '0+100x60',
      'daisi_database_seconds_bucket{operation="transactions.transact", le="+Inf"}': '0+100x60' } },
  },
  whileAbove({
    name: 'DaisiEventLoopBlocked', metric: 'daisi_nodejs_eventloop_lag_p99_seconds', bound: 0.5, for: '5m', severity: 'ticket',
    summary: 'The event loop at {{ $labels.instance }} stands still for more than half a second again and again.',
    labels: { instance: 'a' },
  }),
  whileAbove({
    name: 'DaisiMemoryHigh', metric: 'daisi_process_resident_memory_bytes', bound: 629_145_600, for: '10m', severity: 'ticket',
    summary: 'The process at {{ $labels.instance }} holds more than 600 MiB.', labels: { instance: 'a' },
  }),
  {
    name: 'DaisiClockOff', expr: 'max by (server) (abs(daisi_clock_offset_seconds)) > 300', for: '5m', severity: 'ticket',
    summary: 'Our clock and that of {{ $labels.server }} are more than five minutes apart.', labels: { server: 'nats' },
    fires: { at: '20m', series: { 'daisi_clock_offset_seconds{server="nats"}': '-400x30' } },
    quiet: { at: '20m', series: { 'daisi_clock_offset_seconds{server="nats"}': '-3x30' } },
  },
]
