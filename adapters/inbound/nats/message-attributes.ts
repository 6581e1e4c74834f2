import { NOBODY } from '../../../application/ports/failed-events.ts'
import type { SpanAttributes } from '../../../application/ports/tracing.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { eventNameOf } from './subjects.ts'

/** A stored message, as far as spans tell of it. */
export interface SpannedMessage {
  readonly companyId: CompanyId | typeof NOBODY
  readonly subject: string
  readonly stream: string
  readonly sequence: number
  readonly bytes: number
}

/** Of the messaging conventions: https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/ */
export interface MessageOperation {
  readonly type: 'receive' | 'process' | 'settle'
  /** What we call it, where that says more; as the type if absent. */
  readonly name?: string
}

const templateOf = (subject: string): string => `${eventNameOf(subject)}.{company_id}`

export const spanNameOf = ({ type, name = type }: MessageOperation, subject: string): string => `${name} ${templateOf(subject)}`

/** An id of a publisher's may hold anything, so it is none of these; a subject without a valid company may, too. */
export const messageAttributes = (
  { companyId, subject, stream, sequence, bytes }: SpannedMessage, { type, name = type }: MessageOperation,
): SpanAttributes => ({
  'messaging.system': 'nats', 'messaging.operation.type': type, 'messaging.operation.name': name,
  'messaging.destination.template': templateOf(subject), 'messaging.message.body.size': bytes,
  'daisi.stream': stream, 'daisi.sequence': sequence,
  ...(companyId === NOBODY || eventNameOf(subject) === 'invalid' ? {}
    : { 'messaging.destination.name': subject, 'daisi.company_id': companyId }),
})
