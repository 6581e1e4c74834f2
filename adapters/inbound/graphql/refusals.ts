import * as E from 'fp-ts/lib/Either.js'
import { GraphQLError } from 'graphql'
import type { Found } from '../../../application/ports/finder-page.ts'

/** `extensions.code` of our own answers; yoga's are `GRAPHQL_PARSE_FAILED`, `GRAPHQL_VALIDATION_FAILED`, `INTERNAL_SERVER_ERROR`. */
type RefusalCode = 'BAD_USER_INPUT' | 'BAD_CURSOR' | 'TOO_EXPENSIVE' | 'UNAUTHENTICATED' | 'FORBIDDEN' | 'UNAVAILABLE'
  | 'TIMEOUT' | 'PERSISTED_OPERATION_NOT_FOUND' | 'PERSISTED_OPERATION_REQUIRED'

/** An answer that is meant for the client; everything else that is thrown stays masked. Messages hold no value of the request. */
export const refusal = (code: RefusalCode, message: string, httpStatus?: number): GraphQLError =>
  new GraphQLError(message, { extensions: { code, ...(httpStatus === undefined ? {} : { http: { status: httpStatus } }) } })

/** The caller has asked for more than its share; `retry-after` in whole seconds (RFC 9110, section 10.2.3). */
export const tooMuch = (retryAfterSeconds: number): GraphQLError =>
  new GraphQLError('This company asks for more than its share at the moment. Try again later.', {
    extensions: { code: 'RATE_LIMITED', http: { status: 429, headers: { 'retry-after': String(retryAfterSeconds) } } },
  })

/** What the finder found, or the refusal that says why it could not look. */
export const answered = async <A>(found: Found<A>): Promise<A> => {
  const result = await found()
  if (E.isRight(result)) return result.right
  switch (result.left.type) {
    case 'TooSlow': throw refusal('TIMEOUT', 'This takes too long. Ask for fewer rows or add a filter.')
    case 'Unavailable': throw refusal('UNAVAILABLE', 'The data cannot be reached at the moment. Try again.')
  }
}
