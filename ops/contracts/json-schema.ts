import type * as t from 'io-ts'
import { noteOf, type JsonSchema, type Note, type NotedField } from '../../schemas/noted.ts'

/** Where the schema of a payload that stands alone is found. */
export type RefOf = (codec: t.Mixed) => string

/** Codecs of io-ts that can be seen through, by their tag. */
type Seen = t.StringType | t.NumberType | t.BooleanType | t.NullType | t.UnknownType | t.AnyDictionaryType | t.LiteralType<string>
  | t.ArrayType<t.Mixed> | t.ReadonlyArrayType<t.Mixed> | t.TupleType<t.Mixed[]> | t.UnionType<t.Mixed[]> | t.IntersectionType<t.Mixed[]>
  | t.InterfaceType<t.Props> | t.PartialType<t.Props>

type Walk = (codec: t.Mixed) => JsonSchema
type Tag = Seen['_tag']

const propertiesOf = (props: t.Props, walk: Walk): JsonSchema =>
  Object.fromEntries(Object.entries(props).map(([name, codec]) => [name, walk(codec)]))

/** Words, and null: one enum. Else a choice. */
const unionOf = (types: ReadonlyArray<t.Mixed>, walk: Walk): JsonSchema => {
  const schemas = types.map(walk)
  const values = schemas.map((schema) => ('const' in schema ? schema['const'] : schema['type'] === 'null' ? null : undefined))
  if (!values.includes(undefined)) return { enum: values }
  const names = schemas.map((schema) => (Object.keys(schema).length === 1 ? schema['type'] : undefined))
  return names.includes(undefined) ? { anyOf: schemas } : { type: names }
}

const TAGS: { readonly [T in Tag]: (codec: Extract<Seen, { readonly _tag: T }>, walk: Walk) => JsonSchema } = {
  StringType: () => ({ type: 'string' }),
  NumberType: () => ({ type: 'number' }),
  BooleanType: () => ({ type: 'boolean' }),
  NullType: () => ({ type: 'null' }),
  UnknownType: () => ({}),
  AnyDictionaryType: () => ({ type: 'object' }),
  LiteralType: ({ value }) => ({ const: value }),
  ArrayType: ({ type }, walk) => ({ type: 'array', items: walk(type) }),
  ReadonlyArrayType: ({ type }, walk) => ({ type: 'array', items: walk(type) }),
  TupleType: ({ types }, walk) => ({ type: 'array', items: types.map(walk), minItems: types.length, maxItems: types.length }),
  UnionType: ({ types }, walk) => unionOf(types, walk),
  IntersectionType: ({ types }, walk) => ({ allOf: types.map(walk) }),
  InterfaceType: ({ props }, walk) => ({ type: 'object', properties: propertiesOf(props, walk), required: Object.keys(props) }),
  PartialType: ({ props }, walk) => ({ type: 'object', properties: propertiesOf(props, walk) }),
}

const ofTag = (codec: t.Mixed, walk: Walk): JsonSchema => {
  const { _tag: tag } = codec as Partial<Seen>
  if (tag === undefined || !Object.hasOwn(TAGS, tag)) throw new TypeError(`${codec.name} says nothing of what it takes: note it beside the codec`)
  return (TAGS[tag] as (codec: t.Mixed, walk: Walk) => JsonSchema)(codec, walk)
}

/** The schema, of which null is valid too. */
const nullable = (schema: JsonSchema): JsonSchema => {
  const { type, enum: words } = schema
  return typeof type !== 'string' ? { anyOf: [schema, { type: 'null' }] }
    : { ...schema, type: [type, 'null'], ...(Array.isArray(words) ? { enum: [...words as unknown[], null] } : {}) }
}

/** What a field takes: with what counts as absent, null aside, and without. */
const valueOf = (codec: t.Mixed, walk: Walk): { readonly present: JsonSchema; readonly lenient: JsonSchema } => {
  const note = noteOf(codec)
  if (note?.of === 'value') return note
  const schema = walk(codec)
  return { present: schema, lenient: schema }
}

const cleared = (schema: JsonSchema): JsonSchema =>
  ({ ...schema, description: [schema['description'], 'Null clears what is stored.'].filter((part) => part !== undefined).join(' ') })

const propertyOf = ({ codec, presence, alias }: NotedField, walk: Walk): JsonSchema => {
  const { present, lenient } = valueOf(codec, walk)
  if (presence === 'required' && alias === undefined) return present
  return presence === 'clearable' ? cleared(nullable(lenient)) : nullable(lenient)
}

/** The long name decides; only where it is absent, null or empty the alias is looked at. */
const aliasRule = ({ wire, alias, codec, presence }: NotedField, walk: Walk): ReadonlyArray<JsonSchema> => {
  if (alias === undefined) return []
  const { present, lenient } = valueOf(codec, walk)
  const absent = { enum: present === lenient ? [null] : [null, ''] }
  return [{ anyOf: [
    { properties: { [wire]: present }, required: [wire] },
    presence === 'required' ? { properties: { [wire]: absent, [alias]: present }, required: [alias] }
      : { properties: { [wire]: absent, [alias]: nullable(lenient) } },
  ] }]
}

const payloadSchema = (title: string, { fields, rule }: Extract<Note, { of: 'payload' }>, walk: Walk): JsonSchema => {
  const rules = [...fields.flatMap((field) => aliasRule(field, walk)), ...(rule === undefined ? [] : [rule])]
  const required = fields.filter(({ presence, alias }) => presence === 'required' && alias === undefined).map(({ wire }) => wire)
  return {
    title, type: 'object',
    properties: Object.fromEntries(fields.flatMap((field): [string, JsonSchema][] => [[field.wire, propertyOf(field, walk)],
      ...(field.alias === undefined ? [] : [[field.alias, { description: `Alias of ${field.wire}.` }] satisfies [string, JsonSchema]])])),
    ...(required.length > 0 ? { required } : {}), ...(rules.length > 0 ? { allOf: rules } : {}),
  }
}

/** Fields by the clock they were written at; a field that a release does not know is a newer one's, and refused. */
const registersSchema = (title: string, { clock, fields }: Extract<Note, { of: 'registers' }>, walk: Walk): JsonSchema => ({
  title, type: 'array', items: { type: 'array', minItems: 2, maxItems: 2,
    items: [walk(clock), { type: 'object', properties: propertiesOf(fields, walk), additionalProperties: false }] },
})

const ofNote = (note: Note, codec: t.Mixed, refOf: RefOf, walk: Walk): JsonSchema => {
  switch (note.of) {
    case 'value': return note.lenient
    case 'payload': return payloadSchema(codec.name, note, walk)
    case 'items': return { type: 'array', items: { $ref: refOf(note.item) } }
    case 'record': return { type: 'object', properties: propertiesOf({ ...note.required, ...note.optional }, walk),
      required: Object.keys(note.required) }
    case 'registers': return registersSchema(codec.name, note, walk)
    case 'same': return walk(note.as)
  }
}

/**
 * What a codec takes, as JSON Schema (draft 7): io-ts' own codecs are seen through, others tell by their note. Throws on a codec that
 * does neither. Not told, since JSON Schema cannot: half surrogate pairs, and that integers are exact.
 */
export const schemaOf = (codec: t.Mixed, refOf: RefOf): JsonSchema => {
  const walk: Walk = (inner) => schemaOf(inner, refOf)
  const note = noteOf(codec)
  return note === undefined ? ofTag(codec, walk) : ofNote(note, codec, refOf, walk)
}
