import { parseNumbers, rawJson } from '../../../../schemas/inbound/raw-json.ts'

/** Digits before and after the point that PostgreSQL's numeric, hence jsonb, can hold (PostgreSQL manual, table 8.2). */
const MAX_WHOLE_DIGITS = 131_072
const MAX_FRACTION_DIGITS = 16_383

/** Thrown through `JSON.parse`, the only way out of its callback; never leaves this folder. */
export class NumberTooLong extends Error {}

/** An upper bound is enough: any number near the limits is no datum of a message. */
const fitsNumeric = (source: string): boolean => {
  const mark = source.search(/[eE]/)
  const exponent = mark < 0 ? 0 : Number(source.slice(mark + 1))
  const digits = mark < 0 ? source.length : mark
  const point = source.indexOf('.')
  const fraction = point < 0 ? 0 : digits - point - 1
  return digits + Math.max(0, exponent) <= MAX_WHOLE_DIGITS && fraction + Math.max(0, -exponent) <= MAX_FRACTION_DIGITS
}

const keepExact = (value: number, source: string): unknown => {
  if (String(value) === source) return value
  if (!fitsNumeric(source)) throw new NumberTooLong()
  return rawJson(source)
}

/** `JSON.parse`, but a number that a double would change stays source text (E37 to E42). A third of the speed (design 8). */
export const parseExactly = (text: string): unknown => parseNumbers(text, keepExact)
