import type { MsgHdrs } from '@nats-io/nats-core'
import type { TraceParent, Tracing } from '../../../application/ports/tracing.ts'

export interface Sending {
  readonly subject: string
  /** The subject without what is many: `v1.messages.upsert.{company_id}`. */
  readonly template: string
  /** Of what led to it; absent: of the span that the caller runs in. */
  readonly parent?: TraceParent | undefined
}

/**
 * Runs `send` in a span whose context is in `headers` by then (W3C `traceparent`), so that whoever consumes the message goes on with
 * its trace.
 */
export const sendTraced = <A>(
  { within }: Tracing, { subject, template, parent }: Sending, headers: MsgHdrs, send: () => Promise<A>,
): Promise<A> => within(`send ${template}`, { kind: 'producer', parent, attributes: {
  'messaging.system': 'nats', 'messaging.operation.type': 'send', 'messaging.operation.name': 'publish',
  'messaging.destination.name': subject, 'messaging.destination.template': template,
} }, (span) => {
  if (span !== undefined) headers.set('traceparent', span.traceParent)
  return send()
})
