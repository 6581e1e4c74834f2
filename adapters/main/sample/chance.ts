/** A seeded source of choices: the same seed makes the same company on every machine. */
export interface Chance {
  /** A whole number from 0 to below `bound`. */
  readonly below: (bound: number) => number
  readonly oneOf: <T>(items: readonly [T, ...T[]]) => T
  /** True in `percent` of a hundred. */
  readonly in: (percent: number) => boolean
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state are plenty for sample data. */
export const chance = (seed: number): Chance => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  return { below, in: (percent) => below(100) < percent, oneOf: (items) => items[below(items.length)] ?? items[0] }
}
