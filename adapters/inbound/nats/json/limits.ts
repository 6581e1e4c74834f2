/** What a body may be before it is parsed (bad inputs E17 to E20). Fixed but for the size, which follows the broker's. */
export interface BodyLimits {
  /** Bytes of the whole body. */
  readonly maxBytes: number
}

export const DEFAULT_LIMITS: BodyLimits = { maxBytes: 8 * 1024 * 1024 }

/** Objects and arrays inside each other; jsonb dies below 20,000, `JSON.stringify` at 5,000 (reliability M22). */
export const MAX_DEPTH = 64

/** Members of one object or array (E18). A history of exactly so many items is fine (E97). */
export const MAX_MEMBERS = 10_000

/** Bytes of one key as it is written, escapes included (E19). */
export const MAX_KEY_BYTES = 1024
