import * as E from 'fp-ts/lib/Either.js'
import type { Instruction } from '../../../application/aggregates.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { invalidPayload, invalidWithin, type InvalidPayload } from '../../../schemas/inbound/invalid-payload.ts'
import type { Delivery } from './delivery.ts'
import { contextOf, ofItem, type EventContext, type Translating } from './event-context.ts'
import { checkHeaders } from './check-headers.ts'
import type { Repair } from './json/body.ts'
import { elementSlices } from './json/element-slices.ts'
import { unusualOf, type Unusual } from './unusual.ts'
import { eventKinds, parseSubject, type EventKind, type EventName, type HistoryReading, type OpenedHistory } from './subjects.ts'

/** An item of a history that cannot be applied; `body` is its own bytes, the problem's pointer leads into them. */
export interface InvalidItem { readonly item: number; readonly problem: InvalidPayload; readonly body: Uint8Array }

export interface DecodedEvent {
  readonly event: EventName
  readonly companyId: CompanyId
  readonly instructions: ReadonlyArray<Instruction>
  readonly invalidItems: ReadonlyArray<InvalidItem>
  readonly repairs: ReadonlyArray<Repair>
  readonly unusual: ReadonlyArray<Unusual>
}

export type HistoryMode = 'accept_valid' | 'all_or_nothing'

export interface DecodeOptions extends Translating { readonly historyMode: HistoryMode }

const NONE: ReadonlyArray<never> = []

type ReadEvent = Omit<DecodedEvent, 'event' | 'companyId'>

/** The exact bytes of one item of a history that was decoded before; undefined for an event that is no history. */
export const bodyOfItem = ({ data, subject }: Delivery, index: number): Uint8Array | undefined => {
  const parsed = parseSubject(subject)
  if (E.isLeft(parsed)) return undefined
  const { read }: EventKind = eventKinds[parsed.right.event]
  return 'history' in read ? elementSlices(data, read.history.list)[index] : undefined
}

/** Valid items become instructions, each invalid one a problem of its own with its own bytes. */
const readItems = (
  { list, item: readItem }: HistoryReading, data: Uint8Array, { items, needsTextRepair }: OpenedHistory, context: EventContext,
): Omit<ReadEvent, 'unusual'> => {
  const instructions: Instruction[] = []
  const repairs = new Set<Repair>()
  const problems: { item: number; problem: InvalidPayload }[] = []
  for (const [item, value] of items.entries()) {
    const read = readItem(value, needsTextRepair, ofItem(context, item))
    if (E.isLeft(read)) problems.push({ item, problem: read.left })
    else {
      instructions.push(...read.right.instructions)
      for (const repair of read.right.repairs) repairs.add(repair)
    }
  }
  const slices = problems.length === 0 ? [] : elementSlices(data, list)
  const invalidItems = problems.map(({ item, problem }) => ({ item, problem, body: slices[item] ?? data }))
  return { instructions, repairs: [...repairs], invalidItems }
}

const readHistory = (
  reading: HistoryReading, data: Uint8Array, context: EventContext, mode: HistoryMode,
): E.Either<InvalidPayload, ReadEvent> => {
  const opened = reading.open(data, context)
  if (E.isLeft(opened)) return opened
  const { instructions, invalidItems, repairs } = readItems(reading, data, opened.right, context)
  const [first] = invalidItems
  if (first !== undefined && mode === 'all_or_nothing') return E.left(invalidWithin(`/${reading.list}/${first.item}`, first.problem))
  return E.right({
    invalidItems, instructions: [...instructions, ...opened.right.instructions],
    repairs: [...new Set([...opened.right.repairs, ...repairs])],
    unusual: opened.right.items.length === 0 ? ['empty_history'] : unusualOf(instructions, context.seen.publishedAt),
  })
}

const readBody = ({ read }: EventKind, data: Uint8Array, context: EventContext, mode: HistoryMode): E.Either<InvalidPayload, ReadEvent> => {
  if ('history' in read) return readHistory(read.history, data, context, mode)
  const event = read.event(data, context)
  if (E.isLeft(event)) return event
  const { instructions, repairs } = event.right
  return E.right({ instructions, repairs, invalidItems: NONE, unusual: unusualOf(instructions, context.seen.publishedAt) })
}

/** Bytes to instructions. Never throws, whatever the bytes are; the answer to a bad event names place and reason, never a value. */
export const decodeDelivery = (delivery: Delivery, options: DecodeOptions): E.Either<InvalidPayload, DecodedEvent> => {
  const parsedSubject = parseSubject(delivery.subject)
  if (E.isLeft(parsedSubject)) return parsedSubject
  const { event, companyId } = parsedSubject.right
  const refusedHeader = checkHeaders(delivery.headers)
  if (refusedHeader !== undefined) return E.left(invalidPayload(refusedHeader, '', 'Headers'))
  const kind: EventKind = eventKinds[event]
  const context = contextOf(delivery, companyId, kind.rank, options)
  const read = readBody(kind, delivery.data, context, options.historyMode)
  if (E.isLeft(read)) return read
  const { instructions, invalidItems, repairs, unusual } = read.right // no spread: measured, ADR 0022
  return E.right({ event, companyId, instructions, invalidItems, repairs, unusual })
}
