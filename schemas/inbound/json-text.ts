import { isJsonObject } from './raw-json.ts'
import { Refusal, wireCodec, type WireCodec } from './scalars.ts'

/**
 * A JSON object as text, ready for jsonb: numbers as the publisher wrote them (contract 2.1, E39, E40). Never parse and
 * stringify it again without source text access, that would alter integers above 2^53.
 */
export type JsonText = string & { readonly __brand: 'JsonText' }

const WRONG_TYPE = new Refusal('wrong_type')

/** Text of a value that came out of `JSON.parse`; numbers kept as `rawJSON` are written as their source text. */
export const toJsonText = (value: object): JsonText => JSON.stringify(value) as JsonText

const isText = (value: unknown): value is JsonText => typeof value === 'string'

/** Any JSON object, opaque; arrays and scalars are `wrong_type` (E48). `{}` is present. */
export const JsonObject: WireCodec<JsonText> = wireCodec(
  { name: 'JsonObject', is: isText, present: { type: 'object', description: 'Any JSON object; kept digit by digit.' } },
  (value) => (isJsonObject(value) ? toJsonText(value) : WRONG_TYPE))
