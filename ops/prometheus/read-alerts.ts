import { whileAbove, type Alert, type Series } from './alert.ts'

const [FAILED, ANSWERED] = ['daisi_graphql_requests_total{status="5xx"}', 'daisi_graphql_requests_total{status="2xx"}']

/** How many of a hundred requests a minute take at most so many seconds. */
const requestsWithin = (counts: Readonly<Record<string, number>>): Series => Object.fromEntries(Object.entries({ ...counts, '+Inf': 100 })
  .map(([le, count]) => [`daisi_graphql_request_seconds_bucket{le="${le}"}`, `0+${count}x40`]))

export const readAlerts: ReadonlyArray<Alert> = [
  whileAbove({
    name: 'DaisiProjectionLag', metric: 'daisi_projection_lag_seconds', bound: 30, for: '2m', severity: 'page',
    summary: 'The read model {{ $labels.projection }} is more than half a minute behind.', labels: { projection: 'chat_overview' },
  }),
  whileAbove({
    name: 'DaisiPolicyLag', metric: 'daisi_policy_lag_seconds', bound: 60, for: '5m', severity: 'ticket',
    summary: 'The policy {{ $labels.policy }} is more than a minute behind.', labels: { policy: 'onboarding' },
  }),
  whileAbove({
    name: 'DaisiLogHeldBack', metric: 'daisi_log_watermark_age_seconds', bound: 30, for: '1m', severity: 'page',
    summary: 'An open transaction holds the log back: read models and policies stand still behind it.',
  }),
  whileAbove({
    name: 'DaisiLoopStuck', metric: 'daisi_follower_idle_seconds', bound: 120, for: '2m', severity: 'page',
    summary: 'The loop {{ $labels.follower }} has not come round for two minutes.', labels: { follower: 'relay' },
  }),
  whileAbove({
    name: 'DaisiManyEarlyFacts', metric: 'daisi_early_facts_of_one_company', bound: 10_000, for: '30m', severity: 'ticket',
    summary: 'A company has more than ten thousand updates whose chat, message or contact has never come.',
  }),
  {
    name: 'DaisiApiErrors', for: '5m', severity: 'page', summary: 'More than a hundredth of the requests fail with 5xx.',
    expr: 'sum(rate(daisi_graphql_requests_total{status="5xx"}[5m])) > 0.01 * sum(rate(daisi_graphql_requests_total[5m]))',
    fires: { at: '20m', series: { [FAILED]: '0+5x30', [ANSWERED]: '0+100x30' } },
    quiet: { at: '20m', series: { [FAILED]: '0x30', [ANSWERED]: '0+100x30' } },
  },
  {
    name: 'DaisiApiSlow', for: '10m', severity: 'ticket', summary: 'One request in a hundred takes more than a second.',
    expr: 'histogram_quantile(0.99, sum by (le) (rate(daisi_graphql_request_seconds_bucket[10m]))) > 1',
    fires: { at: '30m', series: requestsWithin({ 1: 50, 2.5: 100 }) },
    quiet: { at: '30m', series: requestsWithin({ 1: 100, 2.5: 100 }) },
  },
]
