import * as E from 'fp-ts/lib/Either.js'
import type { Instruction } from '../../../application/aggregates.ts'
import { HISTORY, REALTIME, type StreamRank } from '../../../domain/clock.ts'
import { parseCompanyId, type CompanyId } from '../../../domain/company.ts'
import { checkCompany, invalidPayload, type InvalidPayload } from '../../../schemas/inbound/invalid-payload.ts'
import type { PayloadCodec } from '../../../schemas/inbound/payload.ts'
import { ChatUpdated } from '../../../schemas/inbound/v1/chat-updated.ts'
import { ChatUpserted } from '../../../schemas/inbound/v1/chat-upserted.ts'
import { ConnectionUpdated } from '../../../schemas/inbound/v1/connection-updated.ts'
import { ContactUpdated } from '../../../schemas/inbound/v1/contact-updated.ts'
import { ContactUpserted } from '../../../schemas/inbound/v1/contact-upserted.ts'
import { decodeEvent } from '../../../schemas/inbound/v1/decode-event.ts'
import { HistoryChats } from '../../../schemas/inbound/v1/history-chats.ts'
import { HistoryContacts } from '../../../schemas/inbound/v1/history-contacts.ts'
import { HistoryMessages } from '../../../schemas/inbound/v1/history-messages.ts'
import { MessageUpdated } from '../../../schemas/inbound/v1/message-updated.ts'
import { MessageUpserted } from '../../../schemas/inbound/v1/message-upserted.ts'
import type { EventContext } from './event-context.ts'
import { toAgentRecorded, toSyncRequested } from './to-agent-instructions.ts'
import { toChatRecorded, toChatUpdated } from './to-chat-instructions.ts'
import { toContactRecorded, toContactUpdated } from './to-contact-instructions.ts'
import { toMessageRecorded, toMessageUpdated } from './to-message-instructions.ts'

/** From a parsed value to instructions, or to the reason why not. */
export type Reading = (value: unknown, context: EventContext) => E.Either<InvalidPayload, ReadonlyArray<Instruction>>

/** The items of a history, each to be read on its own, and what the event says as a whole. */
export interface HistoryReading {
  /** Wire name of the list. */
  readonly list: string
  readonly open: (value: unknown, context: EventContext) => E.Either<InvalidPayload, { readonly items: ReadonlyArray<unknown>; readonly instructions: ReadonlyArray<Instruction> }>
  readonly item: Reading
}

/** One subject of the contract (1.1): its stream's rank and how its body is read. */
export interface EventKind { readonly rank: StreamRank; readonly read: { readonly event: Reading } | { readonly history: HistoryReading } }

const reading = <P extends { readonly companyId?: string }>(
  codec: PayloadCodec<P>, translate: (payload: P, context: EventContext) => ReadonlyArray<Instruction>,
): Reading => {
  const decode = decodeEvent(codec)
  return (value, context) => {
    const decoded = E.chain(checkCompany(context.companyId)<P>)(decode(value))
    return E.isLeft(decoded) ? decoded : E.right(translate(decoded.right, context))
  }
}

type HistoryPayload = { readonly items: ReadonlyArray<unknown>; readonly companyId?: string }

const history = <P extends HistoryPayload>(
  list: string, codec: PayloadCodec<P>, item: Reading, whole: (payload: P, context: EventContext) => ReadonlyArray<Instruction> = () => [],
): EventKind => {
  const decode = decodeEvent(codec)
  return { rank: HISTORY, read: { history: { list, item, open: (value, context) => {
    const decoded = E.chain(checkCompany(context.companyId)<P>)(decode(value))
    return E.isLeft(decoded) ? decoded : E.right({ items: decoded.right.items, instructions: whole(decoded.right, context) })
  } } } }
}

const realtime = (event: Reading): EventKind => ({ rank: REALTIME, read: { event } })

const chatRecorded = reading(ChatUpserted, toChatRecorded)
const messageRecorded = reading(MessageUpserted, toMessageRecorded)
const contactRecorded = reading(ContactUpserted, toContactRecorded)

const syncAfterLast = ({ isLastBatch, agentId }: HistoryMessages, context: EventContext): ReadonlyArray<Instruction> =>
  (isLastBatch === true && agentId !== undefined ? [toSyncRequested(agentId, context)] : [])

/** The ten subjects of the contract (1.1): subject, codec, instructions. */
export const eventKinds = {
  'v1.chats.upsert': realtime(chatRecorded),
  'v1.chats.update': realtime(reading(ChatUpdated, toChatUpdated)),
  'v1.messages.upsert': realtime(messageRecorded),
  'v1.messages.update': realtime(reading(MessageUpdated, toMessageUpdated)),
  'v1.contacts.upsert': realtime(contactRecorded),
  'v1.contacts.update': realtime(reading(ContactUpdated, toContactUpdated)),
  'v1.connection.update': realtime(reading(ConnectionUpdated, toAgentRecorded)),
  'v1.history.chats': history('chats', HistoryChats, chatRecorded),
  'v1.history.messages': history('messages', HistoryMessages, messageRecorded, syncAfterLast),
  'v1.history.contacts': history('contacts', HistoryContacts, contactRecorded),
} as const satisfies Readonly<Record<string, EventKind>>

export type EventName = keyof typeof eventKinds

export const eventNames = Object.keys(eventKinds) as ReadonlyArray<EventName>

export const eventsOf = (rank: StreamRank): ReadonlyArray<EventName> => eventNames.filter((name) => eventKinds[name].rank === rank)

/** Event and company of a subject; the company is its last token, whatever the payload says (contract 2.2). */
export const parseSubject = (subject: string): E.Either<InvalidPayload, { readonly event: EventName; readonly companyId: CompanyId }> => {
  const event = eventNames.find((name) => subject.startsWith(`${name}.`))
  if (event === undefined) return E.left(invalidPayload('unknown_subject', '', 'Subject'))
  const companyId = parseCompanyId(subject.slice(event.length + 1))
  return E.isLeft(companyId) ? E.left(invalidPayload(companyId.left, '', 'CompanyId')) : E.right({ event, companyId: companyId.right })
}
