import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { GraphQLError } from 'graphql'
import type { Unavailable } from '../../../application/ports/unavailable.ts'

export type ErrorCode = 'BAD_USER_INPUT' | 'BAD_CURSOR' | 'FORBIDDEN' | 'UNAUTHENTICATED' | 'UNAVAILABLE'

export const refusal = (code: ErrorCode, message: string, status?: number): GraphQLError =>
  new GraphQLError(message, { extensions: { code, ...(status === undefined ? {} : { http: { status } }) } })

/** The value of a read; a store that is down is said so, without a word of its own. */
export const answered = async <A>(read: TaskEither<Unavailable, A>): Promise<A> => {
  const result = await read()
  if (E.isLeft(result)) throw refusal('UNAVAILABLE', 'The data are not available right now; try again.')
  return result.right
}
