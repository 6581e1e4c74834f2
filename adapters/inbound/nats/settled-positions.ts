/**
 * How far one company's stream is settled without a gap: deliveries come in order, so the lowest sequence still held is
 * the first one that a new durable must begin with. Too low is harmless, too high would lose (design 4).
 */
export const settledPositions = (start: number) => {
  const held = new Set<number>()
  let highest = start

  const lowestHeld = (): number | undefined => {
    let lowest: number | undefined
    for (const sequence of held) if (lowest === undefined || sequence < lowest) lowest = sequence
    return lowest
  }

  return {
    delivered: (sequence: number): void => {
      held.add(sequence)
      highest = Math.max(highest, sequence)
    },
    settled: (sequence: number): void => { held.delete(sequence) },
    /** Every sequence up to this one is settled, apart from those that were given back and are `held` again when they return. */
    position: (): number => {
      const lowest = lowestHeld()
      return lowest === undefined ? highest : lowest - 1
    },
  }
}

export type SettledPositions = ReturnType<typeof settledPositions>
