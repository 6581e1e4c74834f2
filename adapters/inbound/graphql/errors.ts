import * as E from 'fp-ts/lib/Either.js'
import { GraphQLError } from 'graphql'
import type { Found } from '../../../application/ports/finder-page.ts'

export type ErrorCode = 'BAD_USER_INPUT' | 'BAD_CURSOR' | 'FORBIDDEN' | 'UNAUTHENTICATED' | 'UNAVAILABLE' | 'TIMEOUT'

export const refusal = (code: ErrorCode, message: string, status?: number): GraphQLError =>
  new GraphQLError(message, { extensions: { code, ...(status === undefined ? {} : { http: { status } }) } })

/** The value of a read; a store that is down is said so, without a word of its own. */
export const answered = async <A>(read: Found<A>): Promise<A> => {
  const result = await read()
  if (E.isRight(result)) return result.right
  switch (result.left.type) {
    case 'TooSlow': throw refusal('TIMEOUT', 'The query took too long; ask for less.')
    case 'Unavailable': throw refusal('UNAVAILABLE', 'The data are not available right now; try again.')
  }
}
