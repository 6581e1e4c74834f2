import { collectDefaultMetrics, Registry } from 'prom-client'
import { failureMetrics } from './failure-metrics.ts'
import { ingestMetrics } from './ingest-metrics.ts'
import { processMetrics } from './process-metrics.ts'
import { projectMetrics, serveMetrics } from './read-metrics.ts'

const withDefaults = (register: Registry): Registry => {
  collectDefaultMetrics({ register, prefix: 'daisi_' })
  return register
}

/**
 * Every metric of the service; a process exposes those that it fills. Labels are bounded: event types, outcomes, reasons; never ids,
 * companies or persons. Names and units: https://prometheus.io/docs/practices/naming/.
 */
export const serviceMetrics = (process: string) => {
  const registry = withDefaults(new Registry())
  const of = (name: string): Registry[] => (name === process ? [registry] : [])
  return { registry, ...processMetrics([registry]), ...ingestMetrics(of('ingest')), ...failureMetrics(of('ingest')),
    ...projectMetrics(of('project')), ...serveMetrics(of('serve')) }
}

export type ServiceMetrics = ReturnType<typeof serviceMetrics>

/** What is said of a metric beside its values. */
export interface DescribedMetric {
  readonly name: string
  readonly type: string
  readonly help: string
  readonly labels: ReadonlyArray<string>
}

/** What a process exposes, for the documentation. */
export const metricsOf = (process: string): ReadonlyArray<DescribedMetric> =>
  serviceMetrics(process).registry.getMetricsAsArray().map((metric) => {
    const { name, help } = metric
    const [type, labels] = [metric.constructor.name.toLowerCase(), Reflect.get(metric, 'labelNames') as ReadonlyArray<string>]
    return { name, help, type, labels }
  })
