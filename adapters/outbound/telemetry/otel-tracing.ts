import {
  context, isSpanContextValid, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace,
  type Context, type Link, type Span, type SpanContext, type Tracer,
} from '@opentelemetry/api'
import type { OpenSpan, SpanOptions, TraceParent, Tracing } from '../../../application/ports/tracing.ts'

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL } as const satisfies Record<SpanOptions['kind'], SpanKind>

const FORM = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/
const HEX = 16
const SAMPLED = 1

/** Undefined for what is no valid `traceparent` (bad inputs E88). */
const spanContextOf = (traceParent: TraceParent): SpanContext | undefined => {
  const [, traceId = '', spanId = '', flags = '0'] = FORM.exec(traceParent) ?? []
  const found = { traceId, spanId, traceFlags: Number.parseInt(flags, HEX) & SAMPLED, isRemote: true }
  return isSpanContextValid(found) && !traceParent.startsWith('ff') ? found : undefined
}

const traceParentOf = ({ traceId, spanId, traceFlags }: SpanContext): TraceParent =>
  `00-${traceId}-${spanId}-${traceFlags.toString(HEX).padStart(2, '0')}`

const linkOf = (traceParent: TraceParent): ReadonlyArray<Link> => {
  const found = spanContextOf(traceParent)
  return found === undefined ? [] : [{ context: found }]
}

const parentOf = ({ parent, links }: SpanOptions): Context => {
  const found = parent === undefined ? undefined : spanContextOf(parent)
  if (found !== undefined) return trace.setSpanContext(ROOT_CONTEXT, found)
  return links === undefined ? context.active() : ROOT_CONTEXT
}

/** What went wrong by its class only: messages of errors may quote data. */
const failedAs = (cause: unknown): string => (cause instanceof Error ? cause.name : typeof cause)

const opened = (span: Span): OpenSpan => ({
  traceParent: traceParentOf(span.spanContext()),
  link: (to) => { span.addLinks([...linkOf(to)]) },
  set: (attributes) => { span.setAttributes({ ...attributes }) },
  end: (failed) => {
    if (failed !== undefined) span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', failed)
    span.end()
  },
})

const starting = (tracer: Tracer) => (name: string, options: SpanOptions): { readonly span: Span; readonly inside: Context } => {
  const { kind, attributes = {}, links = [], startedAtMs } = options
  const parent = parentOf(options)
  const span = tracer.startSpan(name, { kind: KINDS[kind], attributes: { ...attributes }, links: links.flatMap(linkOf),
    ...(startedAtMs === undefined ? {} : { startTime: startedAtMs }) }, parent)
  return { span, inside: trace.setSpan(parent, span) }
}

/** Spans of OpenTelemetry. The SDK behind `tracer` samples, queues within bounds, and drops what the collector does not take. */
export const otelTracing = (tracer: Tracer): Tracing => {
  const start = starting(tracer)
  const within: Tracing['within'] = async (name, options, work) => {
    const { span, inside } = start(name, options)
    const open = opened(span)
    try {
      const result = await context.with(inside, () => work(span.isRecording() ? open : undefined))
      open.end()
      return result
    } catch (cause) {
      open.end(failedAs(cause))
      throw cause
    }
  }
  return {
    isOn: true, within,
    open: (name, options) => {
      const { span } = start(name, options)
      return span.isRecording() ? opened(span) : undefined
    },
    inside: (name, options, work) => (trace.getSpan(context.active()) === undefined ? work() : within(name, options, work)),
  }
}
