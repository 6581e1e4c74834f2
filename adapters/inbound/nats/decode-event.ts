import * as E from 'fp-ts/lib/Either.js'
import type { Instruction } from '../../../application/aggregates.ts'
import type { ContactIdOf } from '../../../application/ports/contact-ids.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { invalidPayload, invalidWithin, type InvalidPayload } from '../../../schemas/inbound/invalid-payload.ts'
import type { Delivery } from './delivery.ts'
import { contextOf, ofItem, type EventContext } from './event-context.ts'
import { checkHeaders } from './check-headers.ts'
import { parseBody, type Parsed, type Repair } from './json/parse.ts'
import { repairBody } from './json/repair.ts'
import { eventKinds, parseSubject, type EventKind, type EventName, type HistoryReading } from './subjects.ts'

/** An item of a history that cannot be applied; `body` is its own JSON text. */
export interface InvalidItem { readonly item: number; readonly problem: InvalidPayload; readonly body: Uint8Array }

export interface DecodedEvent {
  readonly event: EventName
  readonly companyId: CompanyId
  readonly instructions: ReadonlyArray<Instruction>
  readonly invalidItems: ReadonlyArray<InvalidItem>
  readonly repairs: ReadonlyArray<Repair>
}

export type HistoryMode = 'accept_valid' | 'all_or_nothing'

export interface DecodeOptions { readonly contactIdOf: ContactIdOf; readonly historyMode: HistoryMode }

interface Read { readonly instructions: ReadonlyArray<Instruction>; readonly invalidItems: ReadonlyArray<InvalidItem> }

const bytesOf = (item: unknown): Uint8Array => Buffer.from(JSON.stringify(item) ?? 'null')

/** The own JSON text of one item of a history that was decoded before; undefined for an event that is no history. */
export const bodyOfItem = ({ data, subject }: Delivery, index: number): Uint8Array | undefined => {
  const [subjectOf, parsed] = [parseSubject(subject), parseBody(data)]
  if (E.isLeft(subjectOf) || E.isLeft(parsed)) return undefined
  const { read }: EventKind = eventKinds[subjectOf.right.event]
  const items: unknown = 'history' in read ? parsed.right.value[read.history.list] : undefined
  return Array.isArray(items) ? bytesOf(items[index]) : undefined
}

/** Valid items become instructions, each invalid one a problem of its own; or the first problem refuses the whole event (contract 4.8). */
const readHistory = ({ list, open, item: readItem }: HistoryReading, value: unknown, context: EventContext, mode: HistoryMode): E.Either<InvalidPayload, Read> => {
  const opened = open(value, context)
  if (E.isLeft(opened)) return opened
  const instructions: Instruction[] = []
  const invalidItems: InvalidItem[] = []
  for (const [i, item] of opened.right.items.entries()) {
    const read = readItem(item, ofItem(context, i))
    if (E.isRight(read)) instructions.push(...read.right)
    else invalidItems.push({ item: i, problem: invalidWithin(`/${list}/${i}`, read.left), body: bytesOf(item) })
  }
  const [first] = invalidItems
  if (first !== undefined && mode === 'all_or_nothing') return E.left(first.problem)
  return E.right({ instructions: [...instructions, ...opened.right.instructions], invalidItems })
}

const readBody = ({ read }: EventKind, value: unknown, context: EventContext, mode: HistoryMode): E.Either<InvalidPayload, Read> => {
  if ('history' in read) return readHistory(read.history, value, context, mode)
  const instructions = read.event(value, context)
  return E.isLeft(instructions) ? instructions : E.right({ instructions: instructions.right, invalidItems: [] })
}

/** Identifiers are checked as sent; only then is the text repaired and read again (bad inputs E21, E23). */
const readRepaired = ({ value, repairs, textNeedsCare }: Parsed, read: (value: unknown) => E.Either<InvalidPayload, Read>): E.Either<InvalidPayload, Read & { readonly repairs: ReadonlyArray<Repair> }> => {
  const asSent = read(value)
  if (E.isLeft(asSent) || !textNeedsCare) return E.isLeft(asSent) ? asSent : E.right({ ...asSent.right, repairs })
  const repaired = repairBody(value)
  const again = read(repaired.value)
  if (E.isLeft(again)) return again
  const { invalidItems } = asSent.right
  const refused = new Set(invalidItems.map(({ item }) => item))
  const instructions = again.right.instructions.filter(({ cause }) => !refused.has(cause.item) || invalidItems.length === 0)
  return E.right({ instructions, invalidItems, repairs: [...repairs, ...repaired.repairs] })
}

/** Bytes to instructions. Never throws, whatever the bytes are; the answer to a bad event names place and reason, never a value. */
export const decodeDelivery = (delivery: Delivery, { contactIdOf, historyMode }: DecodeOptions): E.Either<InvalidPayload, DecodedEvent> => {
  const parsedSubject = parseSubject(delivery.subject)
  if (E.isLeft(parsedSubject)) return parsedSubject
  const { event, companyId } = parsedSubject.right
  const refusedHeader = checkHeaders(delivery.headers)
  if (refusedHeader !== undefined) return E.left(invalidPayload(refusedHeader, '', 'Headers'))
  const parsed = parseBody(delivery.data)
  if (E.isLeft(parsed)) return parsed
  const kind: EventKind = eventKinds[event]
  const context = contextOf(delivery, companyId, kind.rank, contactIdOf)
  const read = readRepaired(parsed.right, (value) => readBody(kind, value, context, historyMode))
  return E.isLeft(read) ? read : E.right({ event, companyId, ...read.right })
}
