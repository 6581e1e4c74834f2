import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { ITEMS, SECONDS } from './buckets.ts'

export const projectMetrics = (registers: Registry[]) => ({
  projectedFacts: new Counter({ name: 'daisi_projected_facts_total', help: 'Facts applied to a projection',
    labelNames: ['projection'], registers }),
  projectionPage: new Histogram({ name: 'daisi_projection_page_facts', help: 'Facts that a step of a projection applied',
    buckets: ITEMS, registers }),
  projectionLag: new Gauge({ name: 'daisi_projection_lag_seconds', help: 'Age of the oldest fact not yet projected',
    labelNames: ['projection'], registers }),
  watermarkAge: new Gauge({ name: 'daisi_log_watermark_age_seconds',
    help: 'Age of the oldest transaction that holds the log back, or of the oldest fact behind it where it cannot be seen', registers }),
})

/** Of the whole service: every `serve` shows the same; its role is the one that may see which early facts there are. */
const earlyMetrics = (registers: Registry[]) => ({
  earlyFacts: new Gauge({ name: 'daisi_early_facts',
    help: 'Chats, messages and contacts of which only updates have come; at most 100,000 are counted', registers }),
  earlyFactsOfOne: new Gauge({ name: 'daisi_early_facts_of_one_company',
    help: 'As `daisi_early_facts`, of the company that has most', registers }),
  earlyFactAge: new Gauge({ name: 'daisi_early_fact_age_seconds',
    help: 'For how long the oldest early fact that was looked at has waited for its entity; 0 when there is none', registers }),
})

export const serveMetrics = (registers: Registry[]) => ({
  ...earlyMetrics(registers),
  requests: new Counter({ name: 'daisi_graphql_requests_total', help: 'GraphQL requests by HTTP status class',
    labelNames: ['status'], registers }),
  requestSeconds: new Histogram({ name: 'daisi_graphql_request_seconds', help: 'Seconds a GraphQL request took',
    buckets: SECONDS, registers }),
  graphqlErrors: new Counter({ name: 'daisi_graphql_errors_total', help: 'Errors in answers, by their code',
    labelNames: ['code'], registers }),
})
