import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
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
import { HistoryChats } from '../../../schemas/inbound/v1/history-chats.ts'
import { HistoryContacts } from '../../../schemas/inbound/v1/history-contacts.ts'
import { HistoryMessages } from '../../../schemas/inbound/v1/history-messages.ts'
import { MessageUpdated } from '../../../schemas/inbound/v1/message-updated.ts'
import { MessageUpserted } from '../../../schemas/inbound/v1/message-upserted.ts'
import { ofItem, type EventContext } from './event-context.ts'
import type { Repair } from './json/body.ts'
import { decodeBody, decodeItem, type Decoded } from './json/decode-body.ts'
import { toAgentRecorded, toSyncRequested } from './to-agent-instructions.ts'
import { toChatRecorded, toChatUpdated } from './to-chat-instructions.ts'
import { toContactRecorded, toContactUpdated } from './to-contact-instructions.ts'
import { toMessageRecorded, toMessageUpdated } from './to-message-instructions.ts'

/** What an event, or one item of a history, leads to, and what had to be repaired for that. */
export interface Read { readonly instructions: ReadonlyArray<Instruction>; readonly repairs: ReadonlyArray<Repair> }

export interface OpenedHistory extends Read {
  readonly items: ReadonlyArray<unknown>
  readonly needsTextRepair: boolean
}

/** The items of a history are read each on its own, so that a bad one fails alone (contract 4.8). */
export interface HistoryReading {
  /** Wire name of the list. */
  readonly list: string
  readonly open: (bytes: Uint8Array, context: EventContext) => E.Either<InvalidPayload, OpenedHistory>
  readonly item: (item: unknown, needsTextRepair: boolean, context: EventContext) => E.Either<InvalidPayload, Read>
}

export type EventReading = (bytes: Uint8Array, context: EventContext) => E.Either<InvalidPayload, Read>

/** One subject of the contract (1.1): its stream's rank, what its body is, and how it is read. */
export interface EventKind {
  readonly rank: StreamRank
  /** The published contract is made of it (`ops/contracts`). */
  readonly payload: t.Mixed
  readonly read: { readonly event: EventReading } | { readonly history: HistoryReading }
}

interface OfCompany { readonly companyId?: string }
type Translate<P> = (payload: P, context: EventContext) => ReadonlyArray<Instruction>

type Checked<P> = E.Either<InvalidPayload, Decoded<P>>

const checked = <P extends OfCompany>({ companyId }: EventContext, decoded: Checked<P>): Checked<P> => {
  if (E.isLeft(decoded)) return decoded
  const wrong = checkCompany(companyId)(decoded.right.payload)
  return E.isLeft(wrong) ? wrong : decoded
}

const readAs = <P extends OfCompany>(
  decoded: Checked<P>, translate: Translate<P>, context: EventContext,
): E.Either<InvalidPayload, Read> => {
  const own = checked(context, decoded)
  return E.isLeft(own) ? own : E.right({ instructions: translate(own.right.payload, context), repairs: own.right.repairs })
}

const realtime = <P extends OfCompany>(codec: PayloadCodec<P>, translate: Translate<P>): EventKind => {
  const decode = decodeBody(codec)
  return { rank: REALTIME, payload: codec, read: { event: (bytes, context) => readAs(decode(bytes), translate, context) } }
}

type History = OfCompany & { readonly items: ReadonlyArray<unknown> }

const itemsOf = <P extends OfCompany>(codec: PayloadCodec<P>, translate: Translate<P>): HistoryReading['item'] => {
  const decode = decodeItem(codec)
  return (item, needsTextRepair, context) => readAs(decode(item, needsTextRepair), translate, context)
}

const history = <P extends History>(
  list: string, codec: PayloadCodec<P>, item: HistoryReading['item'], whole: Translate<P> = () => [],
): EventKind => {
  const decode = decodeBody(codec)
  return { rank: HISTORY, payload: codec, read: { history: { list, item, open: (bytes, context) => {
    const own = checked(context, decode(bytes))
    if (E.isLeft(own)) return own
    const { payload, repairs, needsTextRepair } = own.right
    return E.right({ items: payload.items, instructions: whole(payload, ofItem(context, payload.items.length)), repairs, needsTextRepair })
  } } } }
}

const syncAfterLast = ({ isLastBatch, agentId }: HistoryMessages, context: EventContext): ReadonlyArray<Instruction> =>
  (isLastBatch === true && agentId !== undefined ? [toSyncRequested(agentId, context)] : [])

/** The ten subjects of the contract (1.1): subject, codec, instructions. */
export const eventKinds = {
  'v1.chats.upsert': realtime(ChatUpserted, toChatRecorded),
  'v1.chats.update': realtime(ChatUpdated, toChatUpdated),
  'v1.messages.upsert': realtime(MessageUpserted, toMessageRecorded),
  'v1.messages.update': realtime(MessageUpdated, toMessageUpdated),
  'v1.contacts.upsert': realtime(ContactUpserted, toContactRecorded),
  'v1.contacts.update': realtime(ContactUpdated, toContactUpdated),
  'v1.connection.update': realtime(ConnectionUpdated, toAgentRecorded),
  'v1.history.chats': history('chats', HistoryChats, itemsOf(ChatUpserted, toChatRecorded)),
  'v1.history.messages': history('messages', HistoryMessages, itemsOf(MessageUpserted, toMessageRecorded), syncAfterLast),
  'v1.history.contacts': history('contacts', HistoryContacts, itemsOf(ContactUpserted, toContactRecorded)),
} as const satisfies Readonly<Record<string, EventKind>>

export type EventName = keyof typeof eventKinds

export const eventNames = Object.keys(eventKinds) as ReadonlyArray<EventName>

/** The version that an event's name begins with: the durable of a version reads all of it, and those of other releases wait (ADR 0017). */
export const versionOf = (event: EventName): number => Number(event.slice(1, event.indexOf('.')))

const versions: ReadonlySet<number> = new Set(eventNames.map(versionOf))

/** The events of a stream; of one version, if one is named. */
export const eventsOf = (rank: StreamRank, version?: number): ReadonlyArray<EventName> => eventNames.filter((name) =>
  eventKinds[name].rank === rank && (version === undefined || versionOf(name) === version))

/** A subject of some version, whatever the event; what stands behind the third dot is the company. */
const OF_A_VERSION = /^v([1-9]\d*)\.[^.]+\.[^.]+\.(.*)$/s

/** Whose durable reads it, if that company is valid; an event that no release knows is read too, and kept as a failure (E82). */
export const readerOf = (subject: string): E.Either<InvalidPayload, { readonly companyId: CompanyId; readonly version: number }> => {
  const [, version, company] = OF_A_VERSION.exec(subject) ?? []
  if (company === undefined || !versions.has(Number(version))) return E.left(invalidPayload('unknown_subject', '', 'Subject'))
  const companyId = parseCompanyId(company)
  return E.isLeft(companyId) ? E.left(invalidPayload(companyId.left, '', 'CompanyId'))
    : E.right({ companyId: companyId.right, version: Number(version) })
}

const isEventName = (name: string): name is EventName => Object.hasOwn(eventKinds, name)

/** What stands before the third dot; all names have three tokens. */
const eventIn = (subject: string): EventName | undefined => {
  const end = subject.indexOf('.', subject.indexOf('.', subject.indexOf('.') + 1) + 1)
  const name = subject.slice(0, end)
  return end > 0 && isEventName(name) ? name : undefined
}

/** Base subject, or `invalid` where it is none of ours or names no valid company: bounded, for logs and metrics. */
export const eventNameOf = (subject: string): EventName | 'invalid' => {
  const event = eventIn(subject)
  return event !== undefined && E.isRight(parseCompanyId(subject.slice(event.length + 1))) ? event : 'invalid'
}

/** Event and company of a subject; the company is its last token, whatever the payload says (contract 2.2). */
export const parseSubject = (subject: string): E.Either<InvalidPayload, { readonly event: EventName; readonly companyId: CompanyId }> => {
  const event = eventIn(subject)
  if (event === undefined) return E.left(invalidPayload('unknown_subject', '', 'Subject'))
  const companyId = parseCompanyId(subject.slice(event.length + 1))
  return E.isLeft(companyId) ? E.left(invalidPayload(companyId.left, '', 'CompanyId')) : E.right({ event, companyId: companyId.right })
}
