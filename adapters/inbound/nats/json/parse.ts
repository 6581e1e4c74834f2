import * as E from 'fp-ts/lib/Either.js'
import { invalidPayload, type InvalidPayload } from '../../../../schemas/inbound/invalid-payload.ts'
import { isJsonObject, isRawJson, parseNumbers, rawJson } from '../../../../schemas/inbound/raw-json.ts'
import { scan } from './scan.ts'

/** Largest body: the broker's own limit is 1 MiB by default, some raise it. */
const MOST_BYTES = 8_388_608

export type Repair = 'nul_replaced' | 'lone_surrogate' | 'duplicate_key' | 'dangerous_key'

export interface Parsed {
  readonly value: Readonly<Record<string, unknown>>
  /** Repairs that parsing itself made. */
  readonly repairs: ReadonlyArray<Repair>
  /** Text must be repaired after decoding, for identifiers are refused, not repaired (E23). */
  readonly textNeedsCare: boolean
}

const BLANK = /^[\s\ufeff]*$/
const BYTE_ORDER_MARK = '\ufeff'

/** A number whose text a double does not give back stays text (E39). */
const keepSource = (value: number, source: string): unknown => (String(value) === source ? value : rawJson(source))

/** Own key `__proto__` would pollute whatever the object is merged into (E31). */
const DANGEROUS = '__proto__'

interface Count { pairs: number; dangerous: number }

/** Counts the pairs of all objects and removes dangerous keys on the way; the value is fresh from the parser, so it is ours to change. */
const tidy = (value: unknown, count: Count): void => {
  if (typeof value !== 'object' || value === null || isRawJson(value)) return
  if (Array.isArray(value)) {
    for (const item of value) tidy(item, count)
    return
  }
  const object = value as Record<string, unknown>
  for (const key in object) {
    if (!Object.hasOwn(object, key)) continue
    count.pairs += 1
    tidy(object[key], count)
    if (key !== DANGEROUS) continue
    count.dangerous += 1
    Reflect.deleteProperty(object, key)
  }
}

const parsedText = (text: string, numbersNeedCare: boolean): E.Either<InvalidPayload, unknown> =>
  E.tryCatch((): unknown => (numbersNeedCare ? parseNumbers(text, keepSource) : JSON.parse(text)), () => invalidPayload('malformed_json'))

/** Bytes to the one JSON object they hold. Errors: section 1 of bad inputs, each with its reason code; never throws. */
export const parseBody = (bytes: Uint8Array): E.Either<InvalidPayload, Parsed> => {
  const scanned = scan(bytes, MOST_BYTES)
  if (E.isLeft(scanned)) return scanned
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  if (BLANK.test(text)) return E.left(invalidPayload('empty_body'))
  const parsed = parsedText(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text, scanned.right.numbersNeedCare)
  if (E.isLeft(parsed)) return parsed
  if (!isJsonObject(parsed.right)) return E.left(invalidPayload('not_an_object'))
  const count: Count = { pairs: 0, dangerous: 0 }
  tidy(parsed.right, count)
  const repairs: Repair[] = [
    ...(count.pairs < scanned.right.pairs ? ['duplicate_key' as const] : []), ...(count.dangerous > 0 ? ['dangerous_key' as const] : [])]
  return E.right({ value: parsed.right, repairs, textNeedsCare: scanned.right.textNeedsCare })
}
