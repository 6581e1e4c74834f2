import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Unavailable } from './unavailable.ts'

/** A stretch of one subject's messages in a stream, both ends included. */
export interface Stretch {
  readonly stream: string
  /** When the stream was made, ms since 1970; one that was made anew counts from 1 again. */
  readonly createdAtMs: number
  readonly subject: string
  readonly from: number
  readonly upTo: number
}

/** Events whose company token is invalid: kept as failed, under nobody's name (design 6). */
export interface NobodysEvents {
  /** How many of the stretch are kept. */
  readonly kept: (stretch: Stretch) => TaskEither<Unavailable, number>
}
