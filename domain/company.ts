import * as E from 'fp-ts/lib/Either.js'
import type { Branded } from './brand.ts'

/** The tenant: the last token of a subject, or the claim of a verified token; never a payload's word (contract 2.2). */
export type CompanyId = Branded<string, 'CompanyId'>

const COMPANY = /^[A-Za-z0-9_-]{1,48}$/

/** One subject token that is also safe in a durable's name (contract 1.1). Case matters: `acme` and `ACME` are two companies. */
export const parseCompanyId = (text: string): E.Either<'invalid_company', CompanyId> =>
  COMPANY.test(text) ? E.right(text as CompanyId) : E.left('invalid_company')
