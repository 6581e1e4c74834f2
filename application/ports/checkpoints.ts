import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Position } from './event-log.ts'
import type { Unavailable } from './unavailable.ts'

/** How far each policy has followed the log. Contract: test/contract/checkpoints.contract.ts */
export interface Checkpoints {
  readonly of: (policy: string) => TaskEither<Unavailable, Position>
  /** Compare-and-set: false, and nothing moves, when another process has moved it from `from`. */
  readonly move: (policy: string, from: Position, to: Position) => TaskEither<Unavailable, boolean>
}
