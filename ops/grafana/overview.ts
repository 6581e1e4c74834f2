import { quantile, rate, type Dashboard } from './dashboard.ts'

/** Is it well? One look, then the others. */
export const overview: Dashboard = { name: 'overview', title: 'Overview', rows: [
  { title: 'Now', panels: [
    { title: 'Oldest unprocessed realtime event', unit: 's', kind: 'stat',
      queries: [['max(daisi_oldest_unprocessed_event_age_seconds{class="realtime"})', '']] },
    { title: 'Slowest read model', unit: 's', kind: 'stat', queries: [['max(daisi_projection_lag_seconds)', '']] },
    { title: 'Circuit', unit: 'bool_on_off', kind: 'stat', queries: [['max(daisi_circuit_open)', '']] },
    { title: 'Waiting for an operator', unit: 'short', kind: 'stat',
      queries: [['sum(max by (reason) (daisi_failed_events{status="exhausted"})) or vector(0)', '']] },
  ] },
  { title: 'From publish to answer', panels: [
    { title: 'Events by outcome', unit: 'cps', queries: [[rate('daisi_events_total', ['outcome']), '{{outcome}}']] },
    { title: 'Publish to commit, p99', unit: 's', queries: [[quantile(0.99, 'daisi_event_age_seconds', ['class']), '{{class}}']] },
    { title: 'Read model lag', unit: 's', queries: [['max by (projection) (daisi_projection_lag_seconds)', '{{projection}}']] },
    { title: 'Requests, p99', unit: 's', queries: [[quantile(0.99, 'daisi_graphql_request_seconds'), 'p99']] },
  ] },
  { title: 'Processes', panels: [
    { title: 'Processes up', unit: 'short', queries: [['sum by (process, version) (daisi_build_info)', '{{process}} {{version}}']] },
    { title: 'CPU', unit: 'percentunit', queries: [['rate(daisi_process_cpu_seconds_total[$__rate_interval])', '{{instance}}']] },
    { title: 'Memory', unit: 'bytes', queries: [['daisi_process_resident_memory_bytes', '{{instance}}']] },
    { title: 'Event-loop delay, p99', unit: 's', queries: [['daisi_nodejs_eventloop_lag_p99_seconds', '{{instance}}']] },
    { title: 'Connections to PostgreSQL', unit: 'short', queries: [
      ['sum by (instance, pool, state) (daisi_database_pool_connections)', '{{instance}} {{pool}} {{state}}'],
      ['max by (pool) (daisi_database_pool_limit_connections)', '{{pool}} limit']] },
    { title: 'Database operations, p99', unit: 's',
      queries: [[`topk(10, ${quantile(0.99, 'daisi_database_seconds', ['operation'])})`, '{{operation}}']] },
    { title: 'Database failures', unit: 'cps', queries: [[rate('daisi_database_failures_total', ['operation']), '{{operation}}']] },
    { title: 'Clock offset', unit: 's', queries: [['max by (server) (abs(daisi_clock_offset_seconds))', '{{server}}']] },
  ] },
] }
