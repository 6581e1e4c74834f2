import type { EventCause } from '../../../application/ports/cause.ts'
import type { ContactIdOf } from '../../../application/ports/contact-ids.ts'
import type { JsonText } from '../../../domain/brand.ts'
import type { Observation, StreamRank } from '../../../domain/clock.ts'
import type { TraceParent } from '../../../application/ports/tracing.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { messageIdOf } from './check-headers.ts'
import { publishedAtOf, type Delivery } from './delivery.ts'

/** All that a translator needs beside the payload. */
export interface EventContext {
  readonly companyId: CompanyId
  readonly seen: Observation
  readonly cause: EventCause
  readonly contactIdOf: ContactIdOf
  /** From the last batch of an import to the sync of its contacts (contract 4.9). */
  readonly syncDelaySeconds: number
}

/** What translating needs that no event says. */
export interface Translating extends Pick<EventContext, 'contactIdOf' | 'syncDelaySeconds'> {
  /** The span that the event is processed in, if there is one. */
  readonly trace?: TraceParent
}

export const contextOf = (
  delivery: Delivery, companyId: CompanyId, rank: StreamRank, { contactIdOf, syncDelaySeconds, trace }: Translating,
): EventContext => {
  const { stream, sequence, subject, consumer, consumerSequence } = delivery
  return {
    companyId, contactIdOf, syncDelaySeconds,
    seen: { publishedAt: publishedAtOf(delivery), rank, sequence, item: 0 },
    cause: { type: 'event', stream, sequence, item: 0, subject, consumer, consumerSequence, messageId: messageIdOf(delivery),
      ...(trace === undefined ? {} : { trace }) },
  }
}

/** The same event, seen as its item `index`. */
export const ofItem = (context: EventContext, item: number): EventContext =>
  ({ ...context, seen: { ...context.seen, item }, cause: { ...context.cause, item } })

/** The codecs made it JSON; the domain has its own name for that. */
export const jsonText = (text: string | undefined): JsonText | undefined => text as JsonText | undefined
