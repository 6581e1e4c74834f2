import * as t from 'io-ts'
import { noted, type JsonSchema } from '../noted.ts'
import type { ReasonCode } from './reason-code.ts'

/**
 * A codec of one wire value. Decoding to `undefined` means "as good as absent" (contract 2.1); the value `null` never
 * reaches it. A failure's message is the reason code.
 */
export type WireCodec<A> = t.Type<A | undefined, unknown, unknown>

/** What a wire codec is, and how the contract tells what it takes; `lenient` takes what counts as absent too, null aside. */
interface WireValue<A> {
  readonly name: string
  readonly is: (value: unknown) => value is A
  readonly present: JsonSchema
  readonly lenient?: JsonSchema
}

/** `read` gives the value, or `undefined` for absent, or a refusal. */
export const wireCodec = <A>(
  { name, is, present, lenient = present }: WireValue<A>, read: (value: unknown) => A | Refusal | undefined,
): WireCodec<A> =>
  noted(new t.Type<A | undefined, unknown, unknown>(
    name,
    (value): value is A | undefined => value === undefined || is(value),
    (value, context) => {
      const result = read(value)
      return result instanceof Refusal ? t.failure(value, context, result.reason) : t.success(result)
    },
    t.identity,
  ), { of: 'value', present, lenient })

/** A reason code on its way into an io-ts error. */
export class Refusal {
  readonly reason: ReasonCode
  constructor(reason: ReasonCode) {
    this.reason = reason
  }
}

const WRONG_TYPE = new Refusal('wrong_type')
const INVALID_IDENTIFIER = new Refusal('invalid_identifier')
const INVALID_ENUM = new Refusal('invalid_enum')

/** Longest identifier, in Unicode characters: 4 bytes each stay far below the 8,191 bytes of a btree entry (E55). */
const MAX_IDENTIFIER_CHARS = 255

const tooLong = (value: string): boolean =>
  value.length > MAX_IDENTIFIER_CHARS && (value.length > 2 * MAX_IDENTIFIER_CHARS || [...value].length > MAX_IDENTIFIER_CHARS)

const IDENTIFIER = { type: 'string', maxLength: MAX_IDENTIFIER_CHARS, pattern: '^[^\\u0000]*$',
  description: 'An identifier: 1 to 255 characters without NUL and without half surrogate pairs. Empty is absent.' }

/** What rows are found by. Compared code unit by code unit, never normalised (E56). Checked before any repair (E23, E27). */
export const Identifier: WireCodec<string> = wireCodec({ name: 'Identifier', is: t.string.is,
  present: { ...IDENTIFIER, minLength: 1 }, lenient: IDENTIFIER }, (value) => {
  if (typeof value !== 'string') return WRONG_TYPE
  if (value === '') return undefined
  return tooLong(value) || value.includes('\0') || !value.isWellFormed() ? INVALID_IDENTIFIER : value
})

const TEXT = { type: 'string', description: 'Free text. Empty is absent.' }

/** Free text of any length; `''` is absent. May still hold NUL or half surrogate pairs: repaired after decoding (E21, E25). */
export const Text: WireCodec<string> = wireCodec(
  { name: 'Text', is: t.string.is, present: { ...TEXT, minLength: 1 }, lenient: TEXT },
  (value) => (typeof value === 'string' ? value || undefined : WRONG_TYPE))

/** `true` or `false` only; `"true"`, 1 and 0 are refused (E47). */
export const Flag: WireCodec<boolean> = wireCodec({ name: 'Flag', is: t.boolean.is, present: { type: 'boolean' } },
  (value) => (typeof value === 'boolean' ? value : WRONG_TYPE))

/** One of the given words, case-sensitive; with `emptyIsAbsent` the empty string counts as absent, else as a wrong word (E49). */
export const oneOf = <const A extends string>(words: ReadonlyArray<A>, emptyIsAbsent: boolean): WireCodec<A> => {
  const isWord = (value: unknown): value is A => (words as ReadonlyArray<unknown>).includes(value)
  const known = { present: { type: 'string', enum: words }, lenient: { type: 'string', enum: emptyIsAbsent ? [...words, ''] : words } }
  return wireCodec({ name: words.join(' | '), is: isWord, ...known }, (value) => {
    if (typeof value !== 'string') return WRONG_TYPE
    if (value === '' && emptyIsAbsent) return undefined
    return isWord(value) ? value : INVALID_ENUM
  })
}
