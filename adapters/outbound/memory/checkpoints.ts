import type { Checkpoints } from '../../../application/ports/checkpoints.ts'
import { comparePositions, ORIGIN, type Position } from '../../../application/ports/event-log.ts'
import { done } from './done.ts'

export const memoryCheckpoints = (): Checkpoints => {
  const reached = new Map<string, Position>()
  const of = (policy: string): Position => reached.get(policy) ?? ORIGIN
  return {
    of: (policy) => done(() => of(policy)),
    move: (policy, from, to) => done(() => {
      if (comparePositions(of(policy), from) !== 0) return false
      reached.set(policy, to)
      return true
    }),
  }
}
