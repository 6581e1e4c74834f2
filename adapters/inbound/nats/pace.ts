/**
 * Time that a flooding company may take of a batch while others wait. Design 4 allows a batch 20 ms; what the others bring and the
 * round trips are in it, too, and whoever comes meanwhile waits for it before its own (measured, ADR 0013).
 */
const TURN_MS = 12
/** Batches of fewer items say more of their round trips than of their items. */
const LEAST_MEASURED = 32
const LEAST_SHARE = 32
/** What a batch did before any was measured. */
const FIRST_PER_MS = 10
/** Weight of the newest batch in the average. */
const NEWEST = 0.2

/** How many items are done in a turn, as measured: a share in items would be 12 ms on one machine and 120 on another. */
export const pace = () => {
  let perMs = FIRST_PER_MS
  return {
    measured: (items: number, ms: number): void => {
      if (items >= LEAST_MEASURED && ms > 0) perMs = (1 - NEWEST) * perMs + NEWEST * (items / ms)
    },
    share: (): number => Math.max(LEAST_SHARE, Math.round(perMs * TURN_MS)),
  }
}

