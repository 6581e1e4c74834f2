import { overTraces, type SpanAttributes, type Tracing } from '../../../application/ports/tracing.ts'
import { headerOf } from './check-headers.ts'
import type { Outcome } from './ingest-probe.ts'
import { messageAttributes, spanNameOf, type MessageOperation } from './message-attributes.ts'
import type { TrackedEvent } from './tracked-event.ts'

type Operation = MessageOperation['type']

const attributesOf = ({ companyId, incoming: { delivery } }: TrackedEvent, type: Operation): SpanAttributes => {
  const { consumer, data, deliveries } = delivery
  return { ...messageAttributes({ ...delivery, companyId, bytes: data.length }, { type }), 'messaging.consumer.group.name': consumer,
    'daisi.deliveries': deliveries }
}

const nameOf = ({ incoming: { delivery } }: TrackedEvent, type: Operation): string => spanNameOf({ type }, delivery.subject)

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
