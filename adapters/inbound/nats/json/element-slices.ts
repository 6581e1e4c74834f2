import { afterString, CLOSE_ARRAY, CLOSE_OBJECT, COMMA, isWhiteSpace, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './bytes.ts'

const isOpening = (byte: number | undefined): boolean => byte === OPEN_OBJECT || byte === OPEN_ARRAY
const isClosing = (byte: number | undefined): boolean => byte === CLOSE_OBJECT || byte === CLOSE_ARRAY
const COLON = 0x3a

const skipWhiteSpace = (bytes: Uint8Array, from: number): number => {
  let at = from
  while (isWhiteSpace(bytes[at])) at += 1
  return at
}

/** Index of the comma or closing bracket that ends the member whose value starts at or after `from`. */
const endOfMember = (bytes: Uint8Array, from: number): number => {
  let depth = 0
  let at = from
  while (at < bytes.length) {
    const byte = bytes[at]
    if (byte === QUOTE) { at = afterString(bytes, at + 1); continue }
    if (depth === 0 && (byte === COMMA || isClosing(byte))) return at
    if (isOpening(byte)) depth += 1
    else if (isClosing(byte)) depth -= 1
    at += 1
  }
  return at
}

/** Without the white space around it. */
const trimmed = (bytes: Uint8Array, from: number, to: number): Uint8Array => {
  let end = to
  while (end > from && isWhiteSpace(bytes[end - 1])) end -= 1
  return bytes.subarray(skipWhiteSpace(bytes, from), end)
}

/** Starts and ends of the members of the container that opens at `open`. */
const members = (bytes: Uint8Array, open: number): ReadonlyArray<readonly [from: number, to: number]> => {
  const found: (readonly [number, number])[] = []
  let at = skipWhiteSpace(bytes, open + 1)
  while (at < bytes.length && !isClosing(bytes[at])) {
    const end = endOfMember(bytes, at)
    found.push([at, end])
    if (bytes[end] !== COMMA) return found
    at = skipWhiteSpace(bytes, end + 1)
  }
  return found
}

/** Keys may be written with escapes, so they are compared as the parser reads them. */
const keyOf = (bytes: Uint8Array, from: number): string =>
  JSON.parse(Buffer.from(bytes.subarray(from, afterString(bytes, from + 1))).toString()) as string

/**
 * The exact bytes of each element of the array under a top-level key, as views on `bytes` (copy what outlives the
 * message). For bodies that `parseBody` took; else whatever, but no throw for a missing key or another type: `[]`.
 * Walks the body once or twice, so it is for histories with an invalid item only.
 */
export const elementSlices = (bytes: Uint8Array, key: string): ReadonlyArray<Uint8Array> => {
  const body = skipWhiteSpace(bytes, 0)
  const [from] = members(bytes, body).findLast(([at]) => keyOf(bytes, at) === key) ?? []
  if (from === undefined) return []
  const array = skipWhiteSpace(bytes, bytes.indexOf(COLON, afterString(bytes, from + 1)) + 1)
  return bytes[array] === OPEN_ARRAY ? members(bytes, array).map(([start, end]) => trimmed(bytes, start, end)) : []
}
