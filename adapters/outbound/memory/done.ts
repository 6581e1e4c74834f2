import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** A port's answer from memory, computed when it is asked for; a throw rejects, as a bug does in any adapter. */
export const done = <A>(answer: () => A): TaskEither<never, A> => async () => E.right(answer())
