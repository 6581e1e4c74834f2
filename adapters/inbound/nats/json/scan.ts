import { isUtf8 } from 'node:buffer'
import * as E from 'fp-ts/lib/Either.js'
import { invalidPayload, type InvalidPayload } from '../../../../schemas/inbound/invalid-payload.ts'

/** Deeper bodies kill `JSON.stringify` (at 5,000) and jsonb (below 20,000): checked on bytes, before anything parses (E17, M22). */
const MOST_DEPTH = 64
/** Members of one object or array (E18). */
const MOST_MEMBERS = 10_000
const MOST_KEY_BYTES = 1_024
/** A double holds 15 digits for sure; from 16 on the source text is needed. */
const SAFE_DIGITS = 15

/** What the pass over the bytes noticed; nothing of it is an error. */
export interface Noticed {
  /** Numbers that a double may alter, or fractions and exponents: parse with source text. */
  readonly numbersNeedCare: boolean
  /** `\u0000` or half surrogate pairs may be there: repair after decoding. */
  readonly textNeedsCare: boolean
  /** Key-value pairs of all objects; more than the parsed value has means that keys were repeated. */
  readonly pairs: number
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const DOT = 0x2e
const LOWER_E = 0x65
const UPPER_E = 0x45
const LOWER_U = 0x75
const ZERO = 0x30
const NINE = 0x39

const DIGIT = (byte: number): boolean => byte >= ZERO && byte <= NINE

/** Index of the closing quote of the string that begins after `from`, or the end of a body that is cut off. */
const endOfString = (bytes: Uint8Array, from: number): number => {
  let i = from
  while (i < bytes.length && bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1
  return i
}

/** `\u0000` and `\ud8xx` to `\udfxx`; an escaped backslash before a `u` is no escape, which the step by two sees to (E24). */
const hasSuspectEscape = (bytes: Uint8Array, from: number, to: number): boolean => {
  for (let i = from; i < to; i += 1) {
    if (bytes[i] !== BACKSLASH) continue
    i += 1
    if (bytes[i] !== LOWER_U) continue
    const [first, second] = [bytes[i + 1] ?? 0, bytes[i + 2] ?? 0]
    const isSurrogate = (first | 0x20) === 0x64 && (second === 0x38 || second === NINE || ((second | 0x20) >= 0x61 && (second | 0x20) <= 0x66))
    if (isSurrogate || (first === ZERO && second === ZERO && bytes[i + 3] === ZERO && bytes[i + 4] === ZERO)) return true
  }
  return false
}

/** Mutable on purpose: one pass over up to a megabyte must not allocate for each byte. */
interface Walk { depth: number; readonly members: number[]; pairs: number; numbers: boolean; text: boolean; digits: number }

const afterString = (walk: Walk, bytes: Uint8Array, from: number, end: number): InvalidPayload | undefined => {
  if (!walk.text && bytes.subarray(from, end).includes(BACKSLASH)) walk.text = hasSuspectEscape(bytes, from, end)
  if (end - from <= MOST_KEY_BYTES) return undefined
  let next = end + 1
  while ((bytes[next] ?? COLON) <= 0x20) next += 1
  return bytes[next] === COLON ? invalidPayload('key_too_long') : undefined
}

/** One structural byte outside strings; answers the refusal that it causes. */
const step = (walk: Walk, byte: number): InvalidPayload | undefined => {
  switch (byte) {
    case OPEN_ARRAY: case OPEN_OBJECT:
      walk.depth += 1
      walk.members[walk.depth] = 1
      return walk.depth > MOST_DEPTH ? invalidPayload('too_deep') : undefined
    case CLOSE_ARRAY: case CLOSE_OBJECT:
      walk.depth -= 1
      return undefined
    case COMMA: {
      const members = (walk.members[walk.depth] ?? 0) + 1
      walk.members[walk.depth] = members
      return members > MOST_MEMBERS ? invalidPayload('too_many_members') : undefined
    }
    case COLON:
      walk.pairs += 1
      return undefined
    case DOT: case LOWER_E: case UPPER_E:
      if (walk.digits > 0) walk.numbers = true
      return undefined
    default: return undefined
  }
}

const walkBytes = (bytes: Uint8Array): E.Either<InvalidPayload, Noticed> => {
  const walk: Walk = { depth: 0, members: [0], pairs: 0, numbers: false, text: false, digits: 0 }
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] ?? 0
    if (DIGIT(byte)) {
      walk.digits += 1
      if (walk.digits > SAFE_DIGITS) walk.numbers = true
      continue
    }
    const end = byte === QUOTE ? endOfString(bytes, i + 1) : i
    const refused = byte === QUOTE ? afterString(walk, bytes, i + 1, end) : step(walk, byte)
    if (refused !== undefined) return E.left(refused)
    walk.digits = 0
    i = end
  }
  return E.right({ numbersNeedCare: walk.numbers, textNeedsCare: walk.text, pairs: walk.pairs })
}

/**
 * One pass over the bytes before anything is parsed: encoding, size, depth, members, key lengths (bad inputs E10–E19).
 * It accepts any malformed JSON within these bounds; the parser will refuse it.
 */
export const scan = (bytes: Uint8Array, mostBytes: number): E.Either<InvalidPayload, Noticed> => {
  if (bytes.length > mostBytes) return E.left(invalidPayload('too_large'))
  return isUtf8(bytes) ? walkBytes(bytes) : E.left(invalidPayload('invalid_utf8'))
}
