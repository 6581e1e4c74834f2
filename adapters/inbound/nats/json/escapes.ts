import { BACKSLASH } from './bytes.ts'

const LOWER_U = 0x75
const ZERO = 0x30
const NOT_HEX = 99

/** Value of a hexadecimal digit. */
const hex = (byte: number | undefined): number => {
  if (byte === undefined) return NOT_HEX
  if (byte >= ZERO && byte <= 0x39) return byte - ZERO
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : NOT_HEX
}

/** The x of `\uDx…` at `at`: 8 to 11 leads a surrogate pair, 12 to 15 trails one. */
const surrogateDigit = (bytes: Uint8Array, at: number): number =>
  bytes[at] === BACKSLASH && bytes[at + 1] === LOWER_U && hex(bytes[at + 2]) === 13 ? hex(bytes[at + 3]) : NOT_HEX

const isLead = (digit: number): boolean => digit >= 8 && digit <= 11
const isTrail = (digit: number): boolean => digit >= 12 && digit <= 15

/** Bytes of the escape at `at` (its backslash): 12 for a surrogate pair, else 2; the hex digits of others are plain text to us. */
export const escapeBytes = (bytes: Uint8Array, at: number): 2 | 12 =>
  isLead(surrogateDigit(bytes, at)) && isTrail(surrogateDigit(bytes, at + 6)) ? 12 : 2

const isNul = (bytes: Uint8Array, at: number): boolean =>
  bytes[at + 1] === LOWER_U && bytes[at + 2] === ZERO && bytes[at + 3] === ZERO && bytes[at + 4] === ZERO && bytes[at + 5] === ZERO

/** Whether the escape at `at`, no surrogate pair, gives NUL (E21) or half a pair (E25). */
export const escapeNeedsRepair = (bytes: Uint8Array, at: number): boolean => {
  const digit = surrogateDigit(bytes, at)
  return isNul(bytes, at) || isLead(digit) || isTrail(digit)
}
