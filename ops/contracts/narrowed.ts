import { isDeepStrictEqual } from 'node:util'
import type { JsonSchema } from '../../schemas/noted.ts'

/** A schema and the document that its references lead into. */
export interface Rooted { readonly schema: JsonSchema; readonly root: JsonSchema }

/** What `to` no longer takes that `from` took, in words; none where all that was valid still is. */
type Rule = (from: Rooted, to: Rooted, at: string) => ReadonlyArray<string>

const asList = (value: unknown): ReadonlyArray<unknown> | undefined =>
  (value === undefined ? undefined : Array.isArray(value) ? value as ReadonlyArray<unknown> : [value])

const within = ({ root }: Rooted, schema: unknown): Rooted => ({ root, schema: schema as JsonSchema })

/** A file's own `$ref` names another file, of which another comparison tells: the name is all that counts. */
const resolved = (rooted: Rooted): Rooted => {
  const ref = rooted.schema['$ref']
  if (typeof ref !== 'string' || !ref.startsWith('#/')) return rooted
  const found = ref.slice(2).split('/').reduce<unknown>((value, key) => (value as JsonSchema)[key], rooted.root)
  return resolved(within(rooted, found))
}

const propertiesOf = (schema: JsonSchema): JsonSchema => (schema['properties'] ?? {}) as JsonSchema

const PLAIN = new Set(['type', 'properties', 'required'])

const isPlain = ({ schema }: Rooted): boolean => Object.keys(schema).every((keyword) => PLAIN.has(keyword))

/** Two ways to say one thing: all of several objects, and one object with the fields of all. */
const merged = ({ schema: whole, root }: Rooted, { schema: part }: Rooted): Rooted => {
  const [has, gets] = [propertiesOf(whole), propertiesOf(part)]
  const both = Object.keys(gets).filter((name) => Object.hasOwn(has, name))
  const fields = { ...has, ...gets, ...Object.fromEntries(both.map((name) => [name, { allOf: [has[name], gets[name]] }])) }
  return within({ schema: whole, root }, { ...whole, ...part, properties: fields,
    required: [...asList(whole['required']) ?? [], ...asList(part['required']) ?? []] })
}

/** The schema behind its reference, with the plain objects among all that it demands drawn into it. */
const flat = (rooted: Rooted): Rooted => {
  const found = resolved(rooted)
  const { allOf, ...rest } = found.schema
  if (!Array.isArray(allOf)) return found
  const parts = allOf.map((part) => flat(within(found, part)))
  const whole = parts.filter(isPlain).reduce(merged, within(found, rest))
  const others = parts.filter((part) => !isPlain(part)).map(({ schema }) => schema)
  return others.length === 0 ? whole : within(whole, { ...whole.schema, allOf: others })
}

const types: Rule = ({ schema: from }, { schema: to }, at) => {
  const [was, is] = [asList(from['type']), asList(to['type'])]
  if (is === undefined) return []
  const takes = (type: unknown): boolean => is.includes(type) || (type === 'integer' && is.includes('number'))
  return was === undefined || !was.every(takes) ? [`${at} takes ${is.join(', ')} only; it took ${was?.join(', ') ?? 'anything'}`] : []
}

const wordsOf = (schema: JsonSchema): ReadonlyArray<unknown> | undefined =>
  ('const' in schema ? [schema['const']] : asList(schema['enum']))

const words: Rule = ({ schema: from }, { schema: to }, at) => {
  const [was, is] = [wordsOf(from), wordsOf(to)]
  if (is === undefined || was?.every((word) => is.includes(word)) === true) return []
  return [`${at} takes ${JSON.stringify(is)} only; it took ${was === undefined ? 'others' : JSON.stringify(was)}`]
}

const bound = (keyword: string, narrows: (was: number, is: number) => boolean): Rule => ({ schema: from }, { schema: to }, at) => {
  const [was, is] = [from[keyword], to[keyword]]
  if (typeof is !== 'number' || (typeof was === 'number' && !narrows(was, is))) return []
  return [`${at} has ${keyword} ${is}; it had ${String(was ?? 'none')}`]
}

const LEAST = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems'].map((keyword) => bound(keyword, (was, is) => is > was))
const MOST = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems'].map((keyword) => bound(keyword, (was, is) => is < was))

const required: Rule = ({ schema: from }, { schema: to }, at) => {
  const was = asList(from['required']) ?? []
  return (asList(to['required']) ?? []).filter((name) => !was.includes(name)).map((name) => `${at}/${String(name)} is required now`)
}

const properties: Rule = (from, to, at) => {
  const [was, is] = [propertiesOf(from.schema), propertiesOf(to.schema)]
  return Object.keys(is).filter((name) => Object.hasOwn(was, name))
    .flatMap((name) => narrowed(within(from, was[name]), within(to, is[name]), `${at}/${name}`))
}

const closed: Rule = ({ schema: from }, { schema: to }, at) => {
  if (to['additionalProperties'] !== false) return []
  const gone = Object.keys(propertiesOf(from)).filter((name) => !Object.hasOwn(propertiesOf(to), name))
  return [...(from['additionalProperties'] === false ? [] : [`${at} refuses unknown fields now`]),
    ...gone.map((name) => `${at}/${name} is refused now`)]
}

const items: Rule = (from, to, at) => {
  const [was, is] = [asList(from.schema['items']), asList(to.schema['items'])]
  if (is === undefined) return []
  if (was?.length !== is.length || Array.isArray(from.schema['items']) !== Array.isArray(to.schema['items']))
    return [`${at} has other items`]
  return is.flatMap((item, i) => narrowed(within(from, was[i]), within(to, item), `${at}/${i}`))
}

/** Each alternative that was valid must be covered by one that is. */
const anyOf: Rule = (from, to, at) => {
  const is = asList(to.schema['anyOf'])
  if (is === undefined) return []
  const covered = (was: Rooted): boolean => is.some((one) => narrowed(was, within(to, one), at).length === 0)
  const was = asList(from.schema['anyOf'])
  if (was === undefined) return covered(from) ? [] : [`${at} takes some of what it took only`]
  return was.every((one) => covered(within(from, one))) ? [] : [`${at} lost an alternative`]
}

/** Each thing that is demanded must have been demanded before, by the whole or by a part. */
const allOf: Rule = (from, to, at) => (asList(to.schema['allOf']) ?? []).flatMap((demand) => {
  const parts = [from, ...(asList(from.schema['allOf']) ?? []).map((part) => within(from, part))]
  const misses = parts.map((part) => narrowed(part, within(to, demand), at))
  return misses.some((miss) => miss.length === 0) ? [] : misses.at(-1) ?? []
})

const JUDGED = new Set(['type', 'const', 'enum', 'minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'maximum', 'exclusiveMaximum',
  'maxLength', 'maxItems', 'required', 'properties', 'additionalProperties', 'items', 'anyOf', 'allOf', 'definitions',
  'title', 'description', 'examples', '$schema'])

/** What these rules cannot judge must stay as it is. */
const others: Rule = ({ schema: from }, { schema: to }, at) => Object.keys(to)
  .filter((keyword) => !JUDGED.has(keyword) && !isDeepStrictEqual(from[keyword], to[keyword]))
  .map((keyword) => `${at} has another ${keyword}`)

const RULES: ReadonlyArray<Rule> = [types, words, ...LEAST, ...MOST, required, properties, closed, items, anyOf, allOf, others]

/**
 * What `to` no longer takes that `from` took. Sound for the schemas that `json-schema.ts` makes, and strict where it cannot tell:
 * whatever it does not know must not change. A field that only `to` knows is optional there and may be of any type.
 */
export const narrowed: Rule = (from, to, at) => {
  const [was, is] = [flat(from), flat(to)]
  return RULES.flatMap((rule) => rule(was, is, at))
}
