import type { Repair } from './body.ts'

const REPLACEMENT = '\ufffd'

/** Escapes of a JSON text, taken whole so that the six characters of an escaped `\\u0000` are never mistaken for NUL (E24). */
const ESCAPE = /\\(?:u(0000|d[89a-f][0-9a-f]{2})|[^])/g

const repairText = (text: string, made: Set<Repair>): string => {
  const repaired = text.includes('\0') ? text.replaceAll('\0', REPLACEMENT) : text
  if (repaired !== text) made.add('nul_replaced')
  if (repaired.isWellFormed()) return repaired
  made.add('lone_surrogate')
  return repaired.toWellFormed()
}

/** `JSON.stringify` escapes NUL and lone surrogates only (whole pairs it writes as they are), in keys as in values. */
const repairJsonText = (text: string, made: Set<Repair>): string =>
  text.replace(ESCAPE, (escape: string, digits: string | undefined) => {
    if (digits === undefined) return escape
    made.add(digits === '0000' ? 'nul_replaced' : 'lone_surrogate')
    return REPLACEMENT
  })

const repairValue = (name: string, value: unknown, jsonTexts: ReadonlySet<string>, made: Set<Repair>): unknown => {
  if (typeof value === 'string') return jsonTexts.has(name) ? repairJsonText(value, made) : repairText(value, made)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? repairObject(value, jsonTexts, made) : value
}

const repairObject = (object: object, jsonTexts: ReadonlySet<string>, made: Set<Repair>): object =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, repairValue(name, value, jsonTexts, made)]))

interface Repaired<A> { readonly payload: A; readonly repairs: ReadonlyArray<Repair> }

/**
 * Makes the free text and JSON texts of a decoded payload storable: NUL and lone surrogates become U+FFFD (E21, E25;
 * SQLSTATE 22021, 22P02, 22P05). Identifiers were refused while decoding, so none is changed here. Lists stay undecoded and untouched.
 */
export const repairTexts = <A extends object>(payload: A, jsonTexts: ReadonlySet<string>): Repaired<A> => {
  const made = new Set<Repair>()
  const repaired = repairObject(payload, jsonTexts, made) as A
  return { payload: repaired, repairs: [...made] }
}
