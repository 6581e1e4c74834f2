import type { Json } from './observation.ts'

/** A row by column; absent is NULL. */
export type Row = Readonly<Record<string, Json | undefined>>
/** By company and id. */
export type Rows = ReadonlyMap<string, Row>

const sorted = (value: Json | undefined): Json => {
  if (value === undefined || value === null || typeof value !== 'object') return value ?? null
  if (Array.isArray(value)) return (value as ReadonlyArray<Json>).map(sorted)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member as Json)]))
}

const canonical = (value: Json | undefined): string => JSON.stringify(sorted(value))

export interface Difference {
  readonly missing: number
  readonly surplus: number
  readonly different: number
  /** The first few, in words. */
  readonly examples: ReadonlyArray<string>
}

const MOST_EXAMPLES = 5
const MOST_TOLD = 300

/** A body can be long, and says least. */
const told = ({ body: _, ...row }: Row): string => JSON.stringify(row).slice(0, MOST_TOLD)

const differing = (expected: Row, actual: Row): ReadonlyArray<string> =>
  Object.keys(actual).filter((name) => canonical(expected[name]) !== canonical(actual[name]))
    .map((name) => `${name} is ${canonical(actual[name])}, not ${canonical(expected[name])}`)

/** Compares the columns that the actual rows have. */
export const differenceOf = (what: string, expected: Rows, actual: Rows): Difference => {
  const missing = [...expected.keys()].filter((key) => !actual.has(key))
  const surplus = [...actual.keys()].filter((key) => !expected.has(key))
  const different = [...actual].flatMap(([key, row]) => {
    const wanted = expected.get(key)
    const columns = wanted === undefined ? [] : differing(wanted, row)
    return columns.length === 0 ? [] : [`${what} ${key}: ${columns.join('; ')}`]
  })
  const examples = [...missing.map((key) => `${what} ${key} is missing`), ...surplus.map((key) => `${what} ${key} is one too many: ${told(actual.get(key) ?? {})}`),
    ...different]
  return { missing: missing.length, surplus: surplus.length, different: different.length, examples: examples.slice(0, MOST_EXAMPLES) }
}
