import { GraphQLScalarType } from 'graphql'
import { parseNumbers, rawJson } from '../../../schemas/inbound/raw-json.ts'

/** Digits, a fraction or an exponent that a JavaScript number could alter; the rest takes the fast way. */
const NEEDS_CARE = /[0-9]{16}|[0-9][.eE]/

/** Numbers stay their source text, which `JSON.stringify` writes into the response. */
const toValue = (text: string): unknown =>
  (NEEDS_CARE.test(text) ? parseNumbers(text, (_value, source) => rawJson(source)) : JSON.parse(text) as unknown)

/** Output only: JSON that was stored as text leaves with all its digits (contract 2.1). */
export const jsonScalar = new GraphQLScalarType<never, unknown>({
  name: 'JSON',
  serialize: (stored) => {
    if (typeof stored !== 'string') throw new TypeError('JSON is kept as text')
    return toValue(stored)
  },
})
