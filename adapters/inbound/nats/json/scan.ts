import { isUtf8 } from 'node:buffer'
import * as E from 'fp-ts/lib/Either.js'
import { invalidPayload, type InvalidPayload } from '../../../../schemas/inbound/invalid-payload.ts'
import type { ReasonCode } from '../../../../schemas/inbound/reason-code.ts'
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COMMA, isWhiteSpace, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './bytes.ts'
import { escapeBytes, escapeNeedsRepair } from './escapes.ts'
import { MAX_DEPTH, MAX_KEY_BYTES, MAX_MEMBERS, type BodyLimits } from './limits.ts'

/** What one pass over a body found out before anything is parsed (design 8). Says nothing about its grammar. */
export interface Scan {
  /** Keys as written, duplicates included. */
  readonly keys: number
  /** Some number has 16 or more digits, a fraction or an exponent: a double may not hold it as written. */
  readonly carefulNumbers: boolean
  /** Some string holds `\u0000` or half a surrogate pair. */
  readonly repairableEscapes: boolean
  /** Some key is `__proto__`, or is written with an escape and may be. */
  readonly suspiciousKeys: boolean
}

/** Kinds of bytes outside strings. */
const OTHER = 0, STRING = 1, OPEN = 2, CLOSE = 3, NEXT = 4, NUMBER = 5
const KIND = new Uint8Array(256)
KIND[QUOTE] = STRING
KIND[OPEN_OBJECT] = KIND[OPEN_ARRAY] = OPEN
KIND[CLOSE_OBJECT] = KIND[CLOSE_ARRAY] = CLOSE
KIND[COMMA] = NEXT
for (const byte of Buffer.from('-0123456789')) KIND[byte] = NUMBER

/** Kinds of bytes inside a number. */
const DIGIT = 1, SIGN = 2, FRACTION = 3
const IN_NUMBER = new Uint8Array(256)
for (const byte of Buffer.from('0123456789')) IN_NUMBER[byte] = DIGIT
for (const byte of Buffer.from('+-')) IN_NUMBER[byte] = SIGN
for (const byte of Buffer.from('.eE')) IN_NUMBER[byte] = FRACTION

/** A double holds every integer of 15 digits. */
const EXACT_DIGITS = 15
const PROTO = Buffer.from('__proto__')

/** Per depth, of the container open there: whether it is an object, and its commas. Shared, for a scan never yields. */
const IS_OBJECT = new Uint8Array(MAX_DEPTH + 1)
const COMMAS = new Uint32Array(MAX_DEPTH + 1)

/** One pass. Mutable and monomorphic, since it sees every byte of every event: about 1 ns a byte, nothing allocated per byte. */
class Scanner implements Scan {
  keys = 0
  carefulNumbers = false
  repairableEscapes = false
  suspiciousKeys = false
  problem: ReasonCode | undefined
  private readonly bytes: Uint8Array
  private depth = 0
  private keyNext = false

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  run(): void {
    const { bytes } = this
    const end = bytes.length
    let at = 0
    while (at < end && this.problem === undefined) {
      const byte = bytes[at] as number
      const kind = KIND[byte]
      if (kind === STRING) at = this.string(at + 1)
      else if (kind === NUMBER) at = this.number(at)
      else {
        if (kind !== OTHER) this.structure(kind, byte)
        at += 1
      }
    }
  }

  private structure(kind: number | undefined, byte: number): void {
    if (kind === OPEN) this.open(byte === OPEN_OBJECT)
    else if (kind === NEXT) this.next()
    else if (this.depth > 0) { this.depth -= 1; this.keyNext = false }
  }

  private open(object: boolean): void {
    if (this.depth === MAX_DEPTH) { this.problem = 'too_deep'; return }
    this.depth += 1
    IS_OBJECT[this.depth] = object ? 1 : 0
    COMMAS[this.depth] = 0
    this.keyNext = object
  }

  private next(): void {
    const commas = (COMMAS[this.depth] as number) + 1
    COMMAS[this.depth] = commas
    if (commas >= MAX_MEMBERS && this.depth > 0) this.problem = 'too_many_members'
    this.keyNext = IS_OBJECT[this.depth] === 1
  }

  private string(from: number): number {
    const { bytes } = this
    const end = bytes.length
    let escaped = false
    let at = from
    while (at < end) {
      const byte = bytes[at]
      if (byte === QUOTE) break
      if (byte === BACKSLASH) { escaped = true; at = this.escape(at) } else at += 1
    }
    if (this.keyNext) this.key(from, at, escaped)
    return at + 1
  }

  private escape(at: number): number {
    const length = escapeBytes(this.bytes, at)
    if (length === 2 && escapeNeedsRepair(this.bytes, at)) this.repairableEscapes = true
    return at + length
  }

  private key(from: number, to: number, escaped: boolean): void {
    this.keyNext = false
    this.keys += 1
    if (to - from > MAX_KEY_BYTES) this.problem = 'key_too_long'
    if (escaped || (to - from === PROTO.length && this.isProto(from))) this.suspiciousKeys = true
  }

  private isProto(from: number): boolean {
    for (let i = 0; i < PROTO.length; i += 1) if (this.bytes[from + i] !== PROTO[i]) return false
    return true
  }

  private number(from: number): number {
    const { bytes } = this
    let digits = 0
    let at = from
    for (; ; at += 1) {
      const kind = IN_NUMBER[bytes[at] ?? 0]
      if (kind === DIGIT) digits += 1
      else if (kind === FRACTION) this.carefulNumbers = true
      else if (kind !== SIGN) break
    }
    if (digits > EXACT_DIGITS) this.carefulNumbers = true
    return at
  }
}

const isBlank = (bytes: Uint8Array): boolean => {
  for (let at = 0; at < bytes.length; at += 1) if (!isWhiteSpace(bytes[at])) return false
  return true
}

/** UTF-16 and UTF-32 show a NUL among the first four bytes of a JSON text (RFC 4627, 3); NUL alone is valid UTF-8 (E9). */
const isWideEncoding = (bytes: Uint8Array): boolean => bytes[0] === 0 || bytes[1] === 0 || bytes[2] === 0 || bytes[3] === 0

const encodingProblem = (bytes: Uint8Array, { maxBytes }: BodyLimits): ReasonCode | undefined => {
  if (bytes.length > maxBytes) return 'too_large'
  if (isBlank(bytes)) return 'empty_body'
  return !isUtf8(bytes) || isWideEncoding(bytes) ? 'invalid_utf8' : undefined
}

/** Refuses what must not reach the parser: bad encoding, size, depth, member counts, key lengths (E1, E2, E9 to E20). */
export const scan = (bytes: Uint8Array, limits: BodyLimits): E.Either<InvalidPayload, Scan> => {
  const unreadable = encodingProblem(bytes, limits)
  if (unreadable !== undefined) return E.left(invalidPayload(unreadable))
  const scanner = new Scanner(bytes)
  scanner.run()
  return scanner.problem === undefined ? E.right(scanner) : E.left(invalidPayload(scanner.problem))
}
