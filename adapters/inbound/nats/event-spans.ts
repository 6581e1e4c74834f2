import { NOBODY } from '../../../application/ports/failed-events.ts'
import { overTraces, type SpanAttributes, type Tracing } from '../../../application/ports/tracing.ts'
import { headerOf } from './check-headers.ts'
import type { Outcome } from './ingest-probe.ts'
import type { TrackedEvent } from './tracked-event.ts'

/** Of the messaging conventions: https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/ */
type Operation = 'receive' | 'process' | 'settle'

const templateOf = ({ event }: TrackedEvent): string => `${event}.{company_id}`

/** An id of a publisher's may hold anything, so it is none of these; a subject without a valid company may, too. */
const attributesOf = (tracked: TrackedEvent, operation: Operation): SpanAttributes => {
  const { companyId, incoming: { delivery: { subject, stream, sequence, consumer, data, deliveries } } } = tracked
  return {
    'messaging.system': 'nats', 'messaging.operation.type': operation, 'messaging.operation.name': operation,
    'messaging.destination.template': templateOf(tracked), 'messaging.consumer.group.name': consumer,
    'messaging.message.body.size': data.length, 'daisi.stream': stream, 'daisi.sequence': sequence, 'daisi.deliveries': deliveries,
    ...(companyId === NOBODY || tracked.event === 'invalid' ? {}
      : { 'messaging.destination.name': subject, 'daisi.company_id': companyId }),
  }
}

const nameOf = (tracked: TrackedEvent, operation: Operation): string => `${operation} ${templateOf(tracked)}`

/**
 * An event's spans: `receive` when it is delivered, `process` from then until everything it led to is committed, `settle` at the
 * acknowledgement; all of them parts of the publisher's trace. The work of a batch links to the events in it.
 */
export const eventSpans = (tracing: Tracing) => ({
  accepted: (event: TrackedEvent): void => {
    if (!tracing.isOn) return
    const parent = headerOf(event.incoming.delivery.headers, 'traceparent')
    event.span = tracing.open(nameOf(event, 'process'), { kind: 'consumer', parent, attributes: attributesOf(event, 'process') })
    if (event.span === undefined) return
    tracing.open(nameOf(event, 'receive'), { kind: 'client', parent: parent === '' ? event.span.traceParent : parent,
      attributes: attributesOf(event, 'receive') })?.end()
  },
  batch: async <A>(parts: ReadonlyArray<{ readonly event: TrackedEvent }>, work: () => Promise<A>): Promise<A> => {
    if (!tracing.isOn) return work()
    const spans = [...new Set(parts.map(({ event }) => event))].flatMap(({ span }) => (span === undefined ? [] : [span]))
    const attributes = { 'messaging.system': 'nats', 'messaging.operation.type': 'process', 'messaging.operation.name': 'process',
      'messaging.batch.message_count': spans.length }
    const traces = spans.map(({ traceParent }) => traceParent)
    return overTraces(tracing, traces, ['process batch', { kind: 'consumer', attributes }], (batch) => {
      if (batch !== undefined && spans.length > 1) for (const span of spans) span.link(batch.traceParent)
      return work()
    })
  },
  settled: (event: TrackedEvent, outcome: Outcome): void => {
    const { span } = event
    if (span === undefined) return
    tracing.open(nameOf(event, 'settle'), { kind: 'client', parent: span.traceParent, attributes: attributesOf(event, 'settle') })?.end()
    span.set({ 'daisi.outcome': outcome })
    span.end(outcome === 'failed' || outcome === 'retried' ? outcome : undefined)
  },
})
