import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { noted, type JsonSchema, type NotedField } from '../noted.ts'
import { isJsonObject } from './raw-json.ts'
import type { WireCodec } from './scalars.ts'

/** How one property of a payload is read from the wire; `alias` is read when `wire` is absent, null or empty. */
interface Field<A, Presence extends 'required' | 'optional' | 'clearable'> {
  readonly wire: string
  readonly alias: string | undefined
  readonly codec: WireCodec<A>
  readonly presence: Presence
}

/** Absent, null or empty is `missing_field`. */
export const required = <A>(wire: string, codec: WireCodec<A>, alias?: string): Field<A, 'required'> =>
  ({ wire, codec, alias, presence: 'required' })

/** Absent, null or empty leaves the property out. */
export const optional = <A>(wire: string, codec: WireCodec<A>, alias?: string): Field<A, 'optional'> =>
  ({ wire, codec, alias, presence: 'optional' })

/** As optional, but null is kept: it clears the stored value (contract 4.6, 4.7). */
export const clearable = <A>(wire: string, codec: WireCodec<A>): Field<A | null, 'clearable'> =>
  ({ wire, codec: codec as WireCodec<A | null>, alias: undefined, presence: 'clearable' })

/** A field of whatever type: io-ts codecs are invariant, hence its `Mixed`. */
type AnyField = NotedField
type Fields = Readonly<Record<string, AnyField>>
type ValueOf<F> = F extends Field<infer A, infer _> ? Exclude<A, undefined> : never
type RequiredName<Fs> = { [K in keyof Fs]: Fs[K] extends { readonly presence: 'required' } ? K : never }[keyof Fs]
type Flat<A> = { [K in keyof A]: A[K] }

/** What a table of fields decodes to: camelCase properties, absent ones left out. */
type PayloadOf<Fs> = Flat<
  { readonly [K in RequiredName<Fs>]: ValueOf<Fs[K]> } & { readonly [K in Exclude<keyof Fs, RequiredName<Fs>>]?: ValueOf<Fs[K]> }
>

/** A codec of a whole payload, or of an object inside one. Unknown wire fields are ignored (contract 2.1). */
export type PayloadCodec<A> = t.Type<A, unknown, unknown>

/** A payload as the value of a field. Nothing is ever encoded, so the missing `undefined` does no harm. */
export const nested = <A>(codec: PayloadCodec<A>): WireCodec<A> => codec as unknown as WireCodec<A>

type Entry = readonly [name: string, field: AnyField]

type WireObject = Readonly<Record<string, unknown>>

const ABSENT: t.Validation<undefined> = t.success(undefined)
const CLEARED: t.Validation<null> = t.success(null)

const missing = (wire: string, codec: t.Mixed, context: t.Context): t.Validation<never> =>
  t.failure(undefined, t.appendContext(context, wire, codec), 'missing_field')

/** Decodes one wire value. The path is built only for a failure: the happy path allocates no context. */
const decodeAt = (codec: t.Mixed, object: WireObject, wire: string, context: t.Context): t.Validation<unknown> => {
  const raw = object[wire]
  if (raw === undefined || raw === null) return ABSENT
  const decoded = codec.validate(raw, context)
  return E.isRight(decoded) ? decoded : codec.validate(raw, t.appendContext(context, wire, codec, raw))
}

const isAbsent = (decoded: t.Validation<unknown>): boolean => E.isRight(decoded) && decoded.right === undefined

const decodeField = ({ wire, alias, codec, presence }: AnyField, object: WireObject, context: t.Context): t.Validation<unknown> => {
  if (presence === 'clearable' && object[wire] === null) return CLEARED
  const long = decodeAt(codec, object, wire, context)
  const decoded = alias !== undefined && isAbsent(long) ? decodeAt(codec, object, alias, context) : long
  return presence === 'required' && isAbsent(decoded) ? missing(wire, codec, context) : decoded
}

/** The first problem ends it: one reason is enough to refuse an event, and a hostile body cannot make many. */
const decodeFields = (entries: ReadonlyArray<Entry>, object: WireObject, context: t.Context): t.Validation<WireObject> => {
  const payload: Record<string, unknown> = {}
  for (const [name, field] of entries) {
    const decoded = decodeField(field, object, context)
    if (E.isLeft(decoded)) return decoded
    if (decoded.right !== undefined) payload[name] = decoded.right
  }
  return t.success(payload)
}

const fitsField = ([name, { codec, presence }]: Entry, value: WireObject): boolean => {
  const property = value[name]
  if (property === undefined) return presence !== 'required'
  return (property === null && presence === 'clearable') || codec.is(property)
}

/** For a rule's schema: these identifiers are there, not null and not empty. */
export const given = (...wires: ReadonlyArray<string>): JsonSchema =>
  ({ properties: Object.fromEntries(wires.map((wire) => [wire, { type: 'string', minLength: 1 }])), required: wires })

/** A rule over several fields: `lacks` names the wire field that is missed, `schema` tells the same to publishers. */
interface Rule<P> { readonly lacks: (payload: P) => string | undefined; readonly schema: JsonSchema }

/**
 * A payload codec from a table of fields.
 * Errors: `not_an_object` for the whole body, `wrong_type` for an object inside it, `missing_field`, and the fields' own.
 */
export const payload = <Fs extends Fields>(
  name: string, fields: Fs, rule?: Rule<PayloadOf<Fs>>,
): PayloadCodec<PayloadOf<Fs>> => {
  const entries = Object.entries(fields)
  const codec: PayloadCodec<PayloadOf<Fs>> = new t.Type(
    name,
    (value): value is PayloadOf<Fs> => isJsonObject(value) && entries.every((entry) => fitsField(entry, value)),
    (value, context) => {
      if (!isJsonObject(value)) return t.failure(value, context, context.length <= 1 ? 'not_an_object' : 'wrong_type')
      const decoded = decodeFields(entries, value, context) as t.Validation<PayloadOf<Fs>>
      const lacking = rule === undefined || E.isLeft(decoded) ? undefined : rule.lacks(decoded.right)
      return lacking === undefined ? decoded : missing(lacking, fieldCodec(entries, lacking) ?? codec, context)
    },
    t.identity,
  )
  return noted(codec, { of: 'payload', fields: Object.values(fields), rule: rule?.schema })
}

const fieldCodec = (entries: ReadonlyArray<Entry>, wire: string): t.Mixed | undefined =>
  entries.find(([, field]) => field.wire === wire)?.[1].codec
