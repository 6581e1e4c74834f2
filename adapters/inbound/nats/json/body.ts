/** A repair that was made to an event, by name (bad inputs, NORM). The raw body is kept as it came. */
export const REPAIRS = ['nul_replaced', 'lone_surrogate', 'duplicate_key', 'dangerous_key', 'ms_to_s', 'clamped'] as const
export type Repair = (typeof REPAIRS)[number]

/** A body that is one JSON object within the limits. */
export interface Body {
  /** Numbers a double cannot hold as written are `rawJSON`. Free of `__proto__` keys. */
  readonly value: Readonly<Record<string, unknown>>
  /** Made while parsing: `duplicate_key`, `dangerous_key`. */
  readonly repairs: ReadonlyArray<Repair>
  /** Some string holds NUL or half a surrogate pair, unless it was overwritten by a duplicate key: repair what is decoded from it. */
  readonly needsTextRepair: boolean
}
