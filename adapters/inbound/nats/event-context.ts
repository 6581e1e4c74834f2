import type { EventCause } from '../../../application/ports/cause.ts'
import type { ContactIdOf } from '../../../application/ports/contact-ids.ts'
import type { JsonText } from '../../../domain/brand.ts'
import type { Observation, StreamRank } from '../../../domain/clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { EpochSeconds } from '../../../domain/time.ts'
import { messageIdOf } from './check-headers.ts'
import type { Delivery } from './delivery.ts'

/** All that a translator needs beside the payload. */
export interface EventContext {
  readonly companyId: CompanyId
  readonly seen: Observation
  readonly cause: EventCause
  readonly contactIdOf: ContactIdOf
}

const MS_PER_SECOND = 1_000

export const contextOf = (delivery: Delivery, companyId: CompanyId, rank: StreamRank, contactIdOf: ContactIdOf): EventContext => {
  const { stream, sequence, subject, consumer, consumerSequence, publishedAtMs } = delivery
  return {
    companyId, contactIdOf,
    seen: { publishedAt: Math.floor(publishedAtMs / MS_PER_SECOND) as EpochSeconds, rank, sequence, item: 0 },
    cause: { type: 'event', stream, sequence, item: 0, subject, consumer, consumerSequence, messageId: messageIdOf(delivery) },
  }
}

/** The same event, seen as its item `index`. */
export const ofItem = (context: EventContext, item: number): EventContext =>
  ({ ...context, seen: { ...context.seen, item }, cause: { ...context.cause, item } })

/** The codecs made it JSON; the domain has its own name for that. */
export const jsonText = (text: string | undefined): JsonText | undefined => text as JsonText | undefined
