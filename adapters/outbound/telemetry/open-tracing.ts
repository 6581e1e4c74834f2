import { diag, DiagLogLevel, trace } from '@opentelemetry/api'
import { noTracing, type Tracing } from '../../../application/ports/tracing.ts'
import type { Logger } from './logger.ts'
import { otelTracing } from './otel-tracing.ts'

export interface TracingResource { readonly serviceName: string; readonly serviceVersion: string; readonly instanceId: string }

export interface OpenedTracing {
  readonly tracing: Tracing
  /** Sends what is left, for a moment; never rejects. */
  readonly close: () => Promise<void>
}

export const untraced: OpenedTracing = { tracing: noTracing, close: () => Promise.resolve() }

/** A collector that is down takes 8 s and then rejects (measured, dependency notes 10). */
const CLOSE_WITHIN_MS = 2_000
const SAY_EVERY_MS = 60_000

/** The SDK's own words may quote what the collector answered: only that there is trouble is said, once a minute. */
const sayTrouble = (logger: Logger): void => {
  let saidAt = -SAY_EVERY_MS
  const say = (): void => {
    if (performance.now() - saidAt < SAY_EVERY_MS) return
    saidAt = performance.now()
    logger.warn('traces cannot be delivered; they are dropped, nothing else is affected')
  }
  const nothing = (): void => undefined
  diag.setLogger({ error: say, warn: say, info: nothing, debug: nothing, verbose: nothing },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true })
}

/**
 * Starts the SDK, which reads the `OTEL_*` variables (exporter, endpoint, sampler, queue). Loaded only here, so that who does not
 * trace does not pay for it. Spans wait in a bounded queue; when it is full they are dropped.
 */
export const openTracing = async ({ serviceName, serviceVersion, instanceId }: TracingResource, logger: Logger): Promise<OpenedTracing> => {
  const { startNodeSdk } = await import('@opentelemetry/sdk-node')
  const sdk = startNodeSdk({ metricReaders: [], logRecordProcessors: [], instrumentations: [], propagators: [], resourceDetectors: [],
    resourceAttributes: { 'service.name': serviceName, 'service.version': serviceVersion, 'service.instance.id': instanceId } })
  sayTrouble(logger)
  return {
    tracing: otelTracing(trace.getTracer('daisi', serviceVersion)),
    close: async () => {
      const late = Promise.withResolvers<void>()
      const timer = setTimeout(late.resolve, CLOSE_WITHIN_MS)
      await Promise.race([sdk.shutdown().catch(() => undefined), late.promise])
      clearTimeout(timer)
    },
  }
}
