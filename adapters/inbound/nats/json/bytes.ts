/** Code units of JSON's grammar (RFC 8259). */
export const QUOTE = 0x22
export const BACKSLASH = 0x5c
export const COMMA = 0x2c
export const OPEN_OBJECT = 0x7b
export const OPEN_ARRAY = 0x5b
export const CLOSE_OBJECT = 0x7d
export const CLOSE_ARRAY = 0x5d

/** Space, tab, line feed, carriage return: nothing else is white space in JSON. */
export const isWhiteSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** Index after a string's closing quote; `from` is just behind the opening one. The length of `bytes` if it never closes. */
export const afterString = (bytes: Uint8Array, from: number): number => {
  const end = bytes.length
  let at = from
  while (at < end) {
    const byte = bytes[at]
    if (byte === QUOTE) return at + 1
    at += byte === BACKSLASH ? 2 : 1
  }
  return end
}
