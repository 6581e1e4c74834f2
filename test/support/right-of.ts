import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** What is expected to have gone well. */
export const rightIn = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) throw new Error(`unexpected failure ${JSON.stringify(result.left)}`)
  return result.right
}

/** The answer of a port that is expected to give one. */
export const rightOf = async <A>(task: TaskEither<unknown, A>): Promise<A> => rightIn(await task())
