import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { DeadLetterOutlet } from '../ports/dead-letter-outlet.ts'
import type { FailedEvents } from '../ports/failed-events.ts'
import type { Unavailable } from '../ports/unavailable.ts'

/** Letters of one step; the last of them may go beyond the bytes. */
export interface RelayLimits { readonly letters: number; readonly bytes: number }

/**
 * One step of the relay: what is dead and not yet copied goes to the outlet, then is marked. A crash between the two
 * copies again under the same id, which the outlet takes for the same letter (design 8). Answers how many.
 */
export const relayDeadLetters = (
  failedEvents: FailedEvents, outlet: DeadLetterOutlet, most: RelayLimits,
): TE.TaskEither<Unavailable, number> => pipe(
  failedEvents.unpublished(most.letters, most.bytes),
  TE.chainFirst((letters) => (letters.length === 0 ? TE.right(undefined) : outlet.publish(letters))),
  TE.chainFirst((letters) => (letters.length === 0 ? TE.right(undefined) : failedEvents.markPublished(letters.map(({ id }) => id)))),
  TE.map((letters) => letters.length),
)
