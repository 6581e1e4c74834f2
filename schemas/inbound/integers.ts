import type { JsonSchema } from '../noted.ts'
import { isRawJson } from './raw-json.ts'
import { Refusal, wireCodec, type WireCodec } from './scalars.ts'

const WRONG_TYPE = new Refusal('wrong_type')
const NOT_AN_INTEGER = new Refusal('not_an_integer')
const UNSAFE_INTEGER = new Refusal('unsafe_integer')
const OUT_OF_RANGE = new Refusal('out_of_range')

const NUMBER = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** A loop, since `/0+$/` takes quadratic time on a hostile number. */
const trailingZeros = (digits: string): number => {
  let last = digits.length
  while (last > 0 && digits[last - 1] === '0') last -= 1
  return digits.length - last
}

/** Exact, on the decimal text: 1750650042.0 and 1.7e9 are whole, 1750650042.00000000000000001 is not (E37). */
const isWhole = (source: string): boolean => {
  const [, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(source) ?? []
  const digits = whole + fraction
  const zeros = trailingZeros(digits)
  return zeros === digits.length || Number(exponent) - fraction.length + zeros >= 0
}

const safe = (value: number): number | Refusal => {
  if (!Number.isFinite(value)) return OUT_OF_RANGE
  return Number.isSafeInteger(value) ? value + 0 : UNSAFE_INTEGER
}

/**
 * A JSON number as a safe integer. Takes plain numbers and numbers kept as source text; -0 becomes 0. Refuses with
 * `wrong_type`, `not_an_integer`, `unsafe_integer` (E38) or `out_of_range` (beyond a double, E40).
 */
const readInteger = (value: unknown): number | Refusal => {
  if (typeof value === 'number') return Number.isInteger(value) || !Number.isFinite(value) ? safe(value) : NOT_AN_INTEGER
  if (!isRawJson(value)) return WRONG_TYPE
  return isWhole(value.rawJSON) ? safe(Number(value.rawJSON)) : NOT_AN_INTEGER
}

const isInteger = (value: unknown): value is number => Number.isSafeInteger(value)

/** What the contract tells of an integer; `lenient` takes what counts as absent too. */
interface IntegerValue { readonly name: string; readonly present: JsonSchema; readonly lenient?: JsonSchema }

/** An integer codec with a rule of its own on top; the rule sees safe integers only. */
export const integerCodec = (value: IntegerValue, rule: (value: number) => number | Refusal | undefined): WireCodec<number> =>
  wireCodec({ ...value, is: isInteger }, (raw) => {
    const integer = readInteger(raw)
    return integer instanceof Refusal ? integer : rule(integer)
  })

const INT32_MIN = -2_147_483_648
const INT32_MAX = 2_147_483_647

/** Number of unread messages: PostgreSQL integer (SQLSTATE 22003 beyond, E43), below 0 becomes 0 (contract D13, E44). */
export const UnreadCount: WireCodec<number> = integerCodec({ name: 'UnreadCount', present: { type: 'integer',
  minimum: INT32_MIN, maximum: INT32_MAX, description: 'Below 0 counts as 0.' } }, (value) =>
  value > INT32_MAX || value < INT32_MIN ? OUT_OF_RANGE : Math.max(0, value))
