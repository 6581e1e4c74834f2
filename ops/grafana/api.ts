import { operationSeconds, quantile, rate, share, type Dashboard } from './dashboard.ts'

/** The GraphQL API. */
export const api: Dashboard = { name: 'api', title: 'API', rows: [
  { title: 'Requests', panels: [
    { title: 'Requests by status', unit: 'cps', queries: [[rate('daisi_graphql_requests_total', ['status']), '{{status}}']] },
    { title: 'Seconds of a request', unit: 's', queries: [[quantile(0.5, 'daisi_graphql_request_seconds'), 'p50'],
      [quantile(0.95, 'daisi_graphql_request_seconds'), 'p95'], [quantile(0.99, 'daisi_graphql_request_seconds'), 'p99']] },
    { title: 'Share of 5xx', unit: 'percentunit', queries: [[share('daisi_graphql_requests_total', 'status="5xx"'), '5xx']] },
    { title: 'Errors in answers, by code', unit: 'cps', queries: [[rate('daisi_graphql_errors_total', ['code']), '{{code}}']] },
  ] },
  { title: 'Behind it', panels: [
    { title: 'Reads, p99', unit: 's',
      queries: [[operationSeconds('(chats|messages|contacts|agents|onboardings|company|freshness|standing)[.].+'),
      '{{operation}}']] },
    { title: 'Connections in use', unit: 'short', queries: [
      ['sum by (pool) (daisi_database_pool_connections{state="busy"})', '{{pool}} busy'],
      ['sum by (pool) (daisi_database_pool_connections{state="waiting"})', '{{pool}} waiting']] },
    { title: 'What is read is behind by', unit: 's', queries: [['max(daisi_projection_lag_seconds)', 'slowest read model'],
      ['max(daisi_oldest_unprocessed_event_age_seconds{class="realtime"})', 'oldest unprocessed event']] },
  ] },
] }
