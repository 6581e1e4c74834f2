import * as E from 'fp-ts/lib/Either.js'
import type { Repair } from '../../../adapters/inbound/nats/json/body.ts'
import { decodeBody, decodeItem, type Decoded } from '../../../adapters/inbound/nats/json/decode-body.ts'
import { checkCompany, type InvalidPayload } from '../../../schemas/inbound/invalid-payload.ts'
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
import type { BaseSubject } from './row.ts'

type Company = { readonly companyId?: string }
type Result = E.Either<InvalidPayload, Decoded<Company>>
type History = Company & { readonly items: ReadonlyArray<unknown> }

/** What decoding alone makes of a body: the event's own fate, and that of each item of a history. */
export interface Fate {
  readonly event: E.Either<InvalidPayload, { readonly payload: object; readonly repairs: ReadonlyArray<Repair> }>
  /** Undefined for realtime events. */
  readonly items: ReadonlyArray<Result> | undefined
}

const checked = (company: string, decoded: Result): Result =>
  E.chain((good: Decoded<Company>) => E.map(() => good)(checkCompany(company)(good.payload)))(decoded)

const realtime = <A extends Company>(codec: PayloadCodec<A>) => {
  const decode = decodeBody(codec)
  return (bytes: Uint8Array, company: string): Fate => ({ event: checked(company, decode(bytes)), items: undefined })
}

const history = <H extends History, A extends Company>(codec: PayloadCodec<H>, itemCodec: PayloadCodec<A>) => {
  const decode = decodeBody(codec)
  const decodeOne = decodeItem(itemCodec)
  return (bytes: Uint8Array, company: string): Fate => {
    const event = decode(bytes)
    if (E.isLeft(event)) return { event, items: [] }
    const { payload, needsTextRepair } = event.right
    return { event, items: payload.items.map((item) => checked(company, decodeOne(item, needsTextRepair))) }
  }
}

/** Decoders by subject, with the company check, as the consumer combines them. */
export const DECODERS: Readonly<Record<BaseSubject, (bytes: Uint8Array, company: string) => Fate>> = {
  'v1.chats.upsert': realtime(ChatUpserted), 'v1.chats.update': realtime(ChatUpdated),
  'v1.messages.upsert': realtime(MessageUpserted), 'v1.messages.update': realtime(MessageUpdated),
  'v1.contacts.upsert': realtime(ContactUpserted), 'v1.contacts.update': realtime(ContactUpdated),
  'v1.connection.update': realtime(ConnectionUpdated),
  'v1.history.chats': history(HistoryChats, ChatUpserted), 'v1.history.messages': history(HistoryMessages, MessageUpserted),
  'v1.history.contacts': history(HistoryContacts, ContactUpserted),
}
