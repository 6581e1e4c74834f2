/** Which span, in words that travel: W3C `traceparent`, https://www.w3.org/TR/trace-context/#traceparent-header. */
export type TraceParent = string

/** Names and units of https://opentelemetry.io/docs/specs/semconv/; never a body, a phone number, a name, a token or SQL text. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>

export interface SpanOptions {
  readonly kind: 'server' | 'client' | 'producer' | 'consumer' | 'internal'
  readonly attributes?: SpanAttributes
  /** What it is a part of; what is no valid `traceparent` counts as absent. Absent: of the span that the caller runs in, if any. */
  readonly parent?: TraceParent | undefined
  readonly links?: ReadonlyArray<TraceParent>
  /** Milliseconds since 1970; now if absent. */
  readonly startedAtMs?: number
}

/** A span that is recorded. */
export interface OpenSpan {
  readonly traceParent: TraceParent
  readonly link: (to: TraceParent) => void
  readonly set: (attributes: SpanAttributes) => void
  /** With `failed`: a word for what went wrong. */
  readonly end: (failed?: string) => void
}

/** What adapters need to leave a trace. Nothing of it ever rejects, waits, or delays what it watches. */
export interface Tracing {
  /** False: nobody traces, and callers spare themselves the preparations. */
  readonly isOn: boolean
  /** Undefined where this trace is not recorded; else the caller ends it. */
  readonly open: (name: string, options: SpanOptions) => OpenSpan | undefined
  /** Runs `work` in a span of its own, which ends with it; spans opened meanwhile without a parent are parts of it. */
  readonly within: <A>(name: string, options: SpanOptions, work: (span: OpenSpan | undefined) => Promise<A>) => Promise<A>
  /** As `within`, where the caller runs in a span; else `work` alone. */
  readonly inside: <A>(name: string, options: SpanOptions, work: () => Promise<A>) => Promise<A>
}

/** Off: costs a look at `isOn`. */
export const noTracing: Tracing = {
  isOn: false, open: () => undefined, within: (_, __, work) => work(undefined), inside: (_, __, work) => work(),
}

/** Most links of a span, as the SDK has it by default. */
const MOST_LINKS = 128

/**
 * Runs work that several traces wait for: in the trace of the one, or in one of its own that links to all of them (batches:
 * https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/#batch-receiving). Without any, `work` alone.
 */
export const overTraces = <A>(
  { isOn, within }: Tracing, traces: Iterable<TraceParent>, [name, options]: readonly [string, SpanOptions],
  work: (span: OpenSpan | undefined) => Promise<A>,
): Promise<A> => {
  const [first, ...others] = isOn ? new Set(traces) : []
  if (first === undefined) return work(undefined)
  if (others.length === 0) return within(name, { ...options, parent: first }, work)
  return within(name, { ...options, links: [first, ...others].slice(0, MOST_LINKS) }, work)
}
