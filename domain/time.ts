import type { Branded } from './brand.ts'

/** Whole seconds since 1970-01-01T00:00:00Z; every event time of the contract (2.6). */
export type EpochSeconds = Branded<number, 'EpochSeconds'>

const SECONDS_PER_HOUR = 3_600

/** How far an event's own time may run ahead of the broker's before it stops counting (design 5, bad inputs E67). */
export const FUTURE_TOLERANCE_SECONDS = 48 * SECONDS_PER_HOUR
