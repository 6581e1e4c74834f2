import { isRawJson } from '../../../../schemas/inbound/raw-json.ts'
import { FIRST_MILLISECOND_VALUE } from '../../../../schemas/inbound/timestamps.ts'
import type { Repair } from './body.ts'

/** Timestamps by property and wire name; no other field is ever divided by 1000. */
const TIMESTAMPS = [
  ['messageTimestamp', 'message_timestamp'], ['conversationTimestamp', 'conversation_timestamp'],
  ['firstMessageTimestamp', 'first_message_timestamp'], ['dob', 'dob'],
] as const

type Names = Readonly<Record<string, unknown>>

const numberOf = (raw: unknown): number => Number(isRawJson(raw) ? raw.rawJSON : raw)

const isMilliseconds = (raw: unknown): boolean => Math.abs(numberOf(raw)) >= FIRST_MILLISECOND_VALUE

/** Repairs that the codecs made to numbers, told by comparing both sides: they decode to bare values (E44, E62). */
export const normalised = (wire: Names, payload: Names): ReadonlyArray<Repair> => {
  const repairs: Repair[] = []
  for (const [name, field] of TIMESTAMPS) {
    if (repairs.length === 0 && payload[name] !== undefined && isMilliseconds(wire[field])) repairs.push('ms_to_s')
  }
  if (payload['unreadCount'] === 0 && numberOf(wire['unread_count']) < 0) repairs.push('clamped')
  return repairs
}
