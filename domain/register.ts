import { isAfter, type Clock } from './clock.ts'

/** A field's value and the clock of its writer. Two registers with one clock come from one event, so they are equal. */
export interface Register<T> {
  readonly value: T
  readonly clock: Clock
}

/** The fields that have been written so far; an absent one has never been. */
export type Registers<Fields> = { readonly [Name in keyof Fields]?: Register<Fields[Name]> }

/** Who keeps a field when two write it: `earliest` preserves what came first, `latest` follows the newest. */
export type Winner = 'earliest' | 'latest'
export type MergeTable<Fields> = { readonly [Name in keyof Fields]-?: Winner }

const wins = (winner: Winner, incoming: Clock, stored: Clock): boolean =>
  winner === 'latest' ? isAfter(incoming, stored) : isAfter(stored, incoming)

/**
 * The registers of `incoming` that beat `stored`, or undefined when none does.
 * Only clocks decide, never arrival: the merge is commutative, associative and idempotent (reliability 2.1).
 */
export const winning = <Fields extends object>(
  table: MergeTable<Fields>, stored: Registers<Fields>, incoming: Registers<Fields>,
): Registers<Fields> | undefined => {
  const won: { [Name in keyof Fields]?: Register<Fields[Name]> } = {}
  let any = false
  for (const name in incoming) {
    const candidate = incoming[name]
    const current = stored[name]
    if (candidate === undefined || (current !== undefined && !wins(table[name], candidate.clock, current.clock))) continue
    won[name] = candidate
    any = true
  }
  return any ? won : undefined
}

/** One event's fields, all written at its clock; an absent field writes nothing. */
export const written = <Fields extends object>(fields: Partial<Fields>, clock: Clock): Registers<Fields> => {
  const registers: { [Name in keyof Fields]?: Register<Fields[Name]> } = {}
  for (const name in fields) {
    const value = fields[name]
    if (value !== undefined) registers[name] = { value, clock }
  }
  return registers
}

/** What readers see of registers: a field that was never written, or was cleared with null, is absent. */
export type Shown<Fields> = { readonly [Name in keyof Fields]?: NonNullable<Fields[Name]> }

export const valuesOf = <Fields extends object>(registers: Registers<Fields>): Shown<Fields> => {
  const values: { [Name in keyof Fields]?: NonNullable<Fields[Name]> } = {}
  for (const name in registers) {
    const value = registers[name]?.value
    if (value !== undefined && value !== null) values[name] = value
  }
  return values
}
