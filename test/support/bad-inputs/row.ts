import type { Repair } from '../../../adapters/inbound/nats/json/body.ts'
import type { Unusual } from '../../../adapters/inbound/nats/unusual.ts'
import type { ReasonCode } from '../../../schemas/inbound/reason-code.ts'

/** Base subjects of the contract, 1.1; append `.` and the company. */
export type BaseSubject =
  | 'v1.chats.upsert' | 'v1.chats.update' | 'v1.messages.upsert' | 'v1.messages.update' | 'v1.contacts.upsert'
  | 'v1.contacts.update' | 'v1.connection.update' | 'v1.history.chats' | 'v1.history.messages' | 'v1.history.contacts'

/** What must become of an event (bad inputs, outcome codes). */
export type Expected =
  /** Repairs: all that are made, in any order. */
  | { readonly outcome: 'applied'; readonly repairs?: ReadonlyArray<Repair> }
  | { readonly outcome: 'dead_letter'; readonly reason: ReasonCode; readonly pointer?: string }
  /** Of a history: the indices of the items that become dead letters, the rest is applied. */
  | { readonly outcome: 'partial'; readonly reason: ReasonCode; readonly badItems: ReadonlyArray<number> }
  /** Acknowledged, nothing to store. */
  | { readonly outcome: 'noop' }
  /** Above the broker's `max_payload`; never reaches the service. */
  | { readonly outcome: 'refused_by_broker' }

/** One row of the table, with one of its examples; several examples of a row have a letter behind the number. */
export interface BadInput {
  readonly id: string
  readonly what: string
  readonly subject: BaseSubject
  /** A valid event but for the one fault, on entities of its own: `unique` is in each id. `company` must be the subject's. */
  readonly body: (unique: string, company?: string) => Uint8Array
  readonly expected: Expected
  /** What of it is counted though it is applied; nothing if absent. */
  readonly unusual?: ReadonlyArray<Unusual>
  /** How often to publish it; once if absent. */
  readonly times?: number
}

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

export const deadLetter = (reason: ReasonCode, pointer?: string): Expected =>
  pointer === undefined ? { outcome: 'dead_letter', reason } : { outcome: 'dead_letter', reason, pointer }

export const applied = (...repairs: Repair[]): Expected => ({ outcome: 'applied', repairs })
