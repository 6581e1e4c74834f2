import { isAscii } from 'node:buffer'
import * as E from 'fp-ts/lib/Either.js'
import { invalidPayload, type InvalidPayload } from '../../../../schemas/inbound/invalid-payload.ts'
import { isJsonObject } from '../../../../schemas/inbound/raw-json.ts'
import type { Body, Repair } from './body.ts'
import { countKeys, dropDangerousKeys } from './keys.ts'
import { DEFAULT_LIMITS, type BodyLimits } from './limits.ts'
import { NumberTooLong, parseExactly } from './numbers.ts'
import { scan, type Scan } from './scan.ts'

const textOf = (bytes: Uint8Array): string => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return buffer.toString(isAscii(bytes) ? 'latin1' : 'utf8')
}

/** The parser's own messages quote the body, so none of them is passed on. */
const parseText = (text: string, exactly: boolean): E.Either<InvalidPayload, unknown> => {
  try {
    return E.right(exactly ? parseExactly(text) : JSON.parse(text))
  } catch (problem) {
    if (problem instanceof NumberTooLong) return E.left(invalidPayload('out_of_range', '', 'PostgreSQL numeric'))
    if (problem instanceof SyntaxError) return E.left(invalidPayload('malformed_json'))
    throw problem
  }
}

/** Duplicates are counted before dangerous keys go, else each of those would look like one. */
const repairKeys = (value: object, { keys, suspiciousKeys }: Scan): ReadonlyArray<Repair> => {
  const repairs: Repair[] = []
  if (countKeys(value) < keys) repairs.push('duplicate_key')
  if (suspiciousKeys && dropDangerousKeys(value)) repairs.push('dangerous_key')
  return repairs
}

/**
 * From the bytes of a message to one JSON object (bad inputs 1). Linear in the bytes whatever they hold; never throws.
 * Duplicate keys: the last wins, as in jsonb.
 */
export const parseBody = (bytes: Uint8Array, limits: BodyLimits = DEFAULT_LIMITS): E.Either<InvalidPayload, Body> => {
  const scanned = scan(bytes, limits)
  if (E.isLeft(scanned)) return scanned
  const parsed = parseText(textOf(bytes), scanned.right.carefulNumbers)
  if (E.isLeft(parsed)) return parsed
  const value = parsed.right
  if (!isJsonObject(value)) return E.left(invalidPayload('not_an_object'))
  return E.right({ value, repairs: repairKeys(value, scanned.right), needsTextRepair: scanned.right.repairableEscapes })
}
