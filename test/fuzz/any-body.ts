import fc from 'fast-check'
import type { EventName } from '../../adapters/inbound/nats/subjects.ts'
import { BAD_EVENTS } from '../support/bad-inputs/events.ts'
import { encode } from '../support/bad-inputs/row.ts'
import { historyOf } from '../support/bad-inputs/size-rows.ts'
import {
  chatUpdate, chatUpsert, connectionUpdate, contactUpdate, contactUpsert, messageUpdate, messageUpsert,
} from '../support/bad-inputs/valid-events.ts'
import { mutatedBytes } from './mutate-bytes.ts'
import { mutatedJson } from './mutate-json.ts'

/** A body as a hostile or broken publisher may send it, and the subject it is sent to. */
export interface AnyBody { readonly event: EventName; readonly bytes: Uint8Array }

/** Larger bodies of the corpus are tried in their own test; here they would only take time. */
const MOST_BYTES = 4_096

type Build = (unique: string, company: string) => Readonly<Record<string, unknown>>

const history = (build: Build, list: string): Build => (unique, company) =>
  JSON.parse(Buffer.from(historyOf(build, list, 3)(unique, company)).toString()) as Readonly<Record<string, unknown>>

const last: Build = (unique, company) => ({ ...history(messageUpsert, 'messages')(unique, company), is_last_batch: true })

const VALID: Readonly<Record<EventName, Build>> = {
  'v1.chats.upsert': chatUpsert, 'v1.chats.update': chatUpdate, 'v1.messages.upsert': messageUpsert, 'v1.messages.update': messageUpdate,
  'v1.contacts.upsert': contactUpsert, 'v1.contacts.update': contactUpdate, 'v1.connection.update': connectionUpdate,
  'v1.history.chats': history(chatUpsert, 'chats'), 'v1.history.messages': last, 'v1.history.contacts': history(contactUpsert, 'contacts'),
}

const aUnique = fc.integer({ min: 0, max: 9 }).map(String)
const aValid = fc.record({ event: fc.constantFrom(...Object.keys(VALID) as EventName[]), unique: aUnique })

/** A valid event with something changed inside it: most of what a decoder lets through. */
export const anAlteredBody = (company: string): fc.Arbitrary<AnyBody> => aValid.chain(({ event, unique }) =>
  mutatedJson(VALID[event](unique, company)).map((text) => ({ event, bytes: encode(text) })))

const aRow = (company: string): fc.Arbitrary<AnyBody> => {
  const rows = BAD_EVENTS.map(({ subject, body }) => ({ event: subject, bytes: body('1', company) }))
  return fc.constantFrom(...rows.filter(({ bytes }) => bytes.length <= MOST_BYTES))
}

const aCutOrFlipped = (company: string): fc.Arbitrary<AnyBody> => fc.oneof(aRow(company), anAlteredBody(company))
  .chain(({ event, bytes }) => mutatedBytes(bytes).map((mutated) => ({ event, bytes: mutated })))

/** Every way of going wrong, also on the wrong subject. */
export const aBody = (company: string): fc.Arbitrary<AnyBody> => fc.oneof(
  { weight: 4, arbitrary: anAlteredBody(company) },
  { weight: 4, arbitrary: aCutOrFlipped(company) },
  { weight: 1, arbitrary: fc.record({ event: aValid.map(({ event }) => event), body: aRow(company) })
    .map(({ event, body }) => ({ event, bytes: body.bytes })) })
