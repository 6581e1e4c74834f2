import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { isReasonCode, type ReasonCode } from './reason-code.ts'

/** An event that can never be applied. Says where and why, never what: no part of it comes from the payload's values. */
export interface InvalidPayload {
  readonly type: 'InvalidPayload'
  readonly reason: ReasonCode
  /** JSON pointer (RFC 6901) into the body, wire names; `''` is the whole body. At most 256 characters. */
  readonly pointer: string
  /** Name of the codec that refused. At most 64 characters. */
  readonly expected: string
}

const MAX_POINTER_CHARS = 256
const MAX_EXPECTED_CHARS = 64

export const invalidPayload = (reason: ReasonCode, pointer = '', expected = 'JSON object'): InvalidPayload => ({
  type: 'InvalidPayload', reason, pointer: pointer.slice(0, MAX_POINTER_CHARS), expected: expected.slice(0, MAX_EXPECTED_CHARS),
})

/** The same problem seen from outside: an item's pointer becomes one into its batch. `prefix` is like `/messages/3`. */
export const invalidWithin = (prefix: string, { reason, pointer, expected }: InvalidPayload): InvalidPayload =>
  invalidPayload(reason, prefix + pointer, expected)

const pointerOf = (context: t.Context): string =>
  context.slice(1).map(({ key }) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** The deepest of several errors, the first among equals: the one that says most precisely what is wrong. */
export const firstError = (errors: t.Errors): InvalidPayload => {
  const [first, ...rest] = errors
  if (first === undefined) return invalidPayload('wrong_type')
  const { context, message } = rest.reduce((best, error) => (error.context.length > best.context.length ? error : best), first)
  return invalidPayload(isReasonCode(message) ? message : 'wrong_type', pointerOf(context), context.at(-1)?.type.name)
}

/** The subject's last token is the tenant; a payload that names a company must name that one (contract 2.2, E73). */
export const checkCompany = (subjectCompany: string) =>
  <P extends { readonly companyId?: string }>(payload: P): E.Either<InvalidPayload, P> =>
    payload.companyId === undefined || payload.companyId === subjectCompany
      ? E.right(payload)
      : E.left(invalidPayload('company_mismatch', '/company_id', 'CompanyOfSubject'))
