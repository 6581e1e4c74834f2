import type { Shape } from './ingest-round.ts'

export const COMPANIES = 64
/** What the service starts with (adapters/main/settings-table.ts). */
export const BATCHED: Shape = { maxItems: 1_000, slots: 2 }
/** One event per transaction, one and sixteen at a time: the reference (issue, design). */
export const ONE: Shape = { maxItems: 1, slots: 1 }
export const SIXTEEN: Shape = { maxItems: 1, slots: 16 }
