import type { FailedEvent } from '../../application/ports/failed-events.ts'
import { NOON } from './an-observation.ts'

/** An event without its message id. */
export const aFailedEvent = (companyId: FailedEvent['companyId'], more: Partial<FailedEvent> = {}): FailedEvent => ({
  companyId, subject: `v1.messages.upsert.${companyId}`, stream: 'REALTIME', sequence: 1, body: new TextEncoder().encode('{"n": 1}'),
  headers: { 'Nats-Msg-Id': ['x1'] }, publishedAt: NOON, reason: 'missing_field', pointer: '/message_id',
  message: 'Send a message id.', fate: { type: 'final' }, deliveries: 1, ...more,
})
