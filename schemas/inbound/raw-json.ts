/** A JSON number kept as its source text; `JSON.stringify` writes that text. Made by `rawJson` only. */
export interface RawJson { readonly rawJSON: string }

/** ECMAScript "JSON.parse source text access", in V8 since 11.4; TypeScript's lib has no types for it yet. */
interface SourceTextAccess {
  rawJSON(text: string): RawJson
  isRawJSON(value: unknown): value is RawJson
  parse(text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown): unknown
}

const json = JSON as unknown as SourceTextAccess

export const rawJson = (source: string): RawJson => json.rawJSON(source)

export const isRawJson = (value: unknown): value is RawJson => json.isRawJSON(value)

/** `JSON.parse` whose callback sees each number with its source text. Throws SyntaxError as `JSON.parse` does. */
export const parseNumbers = (text: string, keep: (value: number, source: string) => unknown): unknown =>
  json.parse(text, (_key, value, { source }) => (typeof value === 'number' && source !== undefined ? keep(value, source) : value))

/** An object of the document: not null, not an array, and not a number in disguise. */
export const isJsonObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawJson(value)
