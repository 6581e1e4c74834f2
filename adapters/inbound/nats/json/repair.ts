import { isRawJson } from '../../../../schemas/inbound/raw-json.ts'
import type { Repair } from './parse.ts'

const NUL = /\0/g
const REPLACEMENT = '\ufffd'

const repairText = (text: string, repairs: Set<Repair>): string => {
  if (text.includes('\0')) repairs.add('nul_replaced')
  if (!text.isWellFormed()) repairs.add('lone_surrogate')
  return text.replace(NUL, REPLACEMENT).toWellFormed()
}

const repairValue = (value: unknown, repairs: Set<Repair>): unknown => {
  if (typeof value === 'string') return repairText(value, repairs)
  if (typeof value !== 'object' || value === null || isRawJson(value)) return value
  if (Array.isArray(value)) return value.map((item) => repairValue(item, repairs))
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [repairText(key, repairs), repairValue(member, repairs)]))
}

/**
 * Makes a parsed body storable: PostgreSQL takes neither NUL nor half surrogate pairs, in text or in JSON (E21, E25). For
 * bodies that the scan flagged; call it after the identifiers have been checked, for these are refused, not repaired.
 */
export const repairBody = (value: Readonly<Record<string, unknown>>): { readonly value: Readonly<Record<string, unknown>>; readonly repairs: ReadonlyArray<Repair> } => {
  const repairs = new Set<Repair>()
  const repaired = repairValue(value, repairs) as Readonly<Record<string, unknown>>
  return { value: repaired, repairs: [...repairs] }
}
