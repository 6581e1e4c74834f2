import * as t from 'io-ts'
import type { ReasonCode } from './reason-code.ts'

/**
 * A codec of one wire value. Decoding to `undefined` means "as good as absent" (contract 2.1); the value `null` never
 * reaches it. A failure's message is the reason code.
 */
export type WireCodec<A> = t.Type<A | undefined, unknown, unknown>

/** `read` gives the value, or `undefined` for absent, or a refusal made by `refuse`. */
export const wireCodec = <A>(
  name: string, is: (value: unknown) => value is A, read: (value: unknown) => A | Refusal | undefined,
): WireCodec<A> =>
  new t.Type<A | undefined, unknown, unknown>(
    name,
    (value): value is A | undefined => value === undefined || is(value),
    (value, context) => {
      const result = read(value)
      return result instanceof Refusal ? t.failure(value, context, result.reason) : t.success(result)
    },
    t.identity,
  )

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

/** What rows are found by. Compared code unit by code unit, never normalised (E56). Checked before any repair (E23, E27). */
export const Identifier: WireCodec<string> = wireCodec('Identifier', t.string.is, (value) => {
  if (typeof value !== 'string') return WRONG_TYPE
  if (value === '') return undefined
  return tooLong(value) || value.includes('\0') || !value.isWellFormed() ? INVALID_IDENTIFIER : value
})

/** Free text of any length; `''` is absent. May still hold NUL or half surrogate pairs: repaired after decoding (E21, E25). */
export const Text: WireCodec<string> = wireCodec('Text', t.string.is, (value) =>
  typeof value === 'string' ? value || undefined : WRONG_TYPE)

/** `true` or `false` only; `"true"`, 1 and 0 are refused (E47). */
export const Flag: WireCodec<boolean> = wireCodec('Flag', t.boolean.is, (value) => (typeof value === 'boolean' ? value : WRONG_TYPE))

/** One of the given words, case-sensitive; with `emptyIsAbsent` the empty string counts as absent, else as a wrong word (E49). */
export const oneOf = <const A extends string>(words: ReadonlyArray<A>, emptyIsAbsent: boolean): WireCodec<A> => {
  const isWord = (value: unknown): value is A => (words as ReadonlyArray<unknown>).includes(value)
  return wireCodec(words.join(' | '), isWord, (value) => {
    if (typeof value !== 'string') return WRONG_TYPE
    if (value === '' && emptyIsAbsent) return undefined
    return isWord(value) ? value : INVALID_ENUM
  })
}
