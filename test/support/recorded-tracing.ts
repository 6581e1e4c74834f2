import { InMemorySpanExporter, ParentBasedSampler, AlwaysOnSampler, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { otelTracing } from '../../adapters/outbound/telemetry/otel-tracing.ts'

/** Tracing of OpenTelemetry, and the spans that have ended; a trace is recorded where its parent is, or where it has none. */
export const recordedTracing = () => {
  const exporter = new InMemorySpanExporter()
  const provider = new TracerProvider({ sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  return { tracing: otelTracing(provider.getTracer('test')), spans: () => exporter.getFinishedSpans() }
}
