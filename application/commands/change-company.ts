import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { CompanyId } from '../../domain/company.ts'
import type { Company, CompanyLimits, RateLimit } from '../ports/companies.ts'
import type { AuditEntry, OperatorDesk } from '../ports/operator-desk.ts'
import { act, refusal, type Acted, type Actor } from './act.ts'

/** What shall be different; `none` takes a limit away, and a class that is not named keeps its own. */
export interface CompanyChange {
  readonly status?: Company['status']
  readonly weight?: number
  readonly limits?: Readonly<Partial<Record<keyof CompanyLimits, RateLimit | 'none'>>>
}

export interface ChangeCompany extends Actor {
  readonly companyId: CompanyId
  readonly action: Extract<AuditEntry['action'], 'suspend' | 'resume' | 'weight' | 'limit'>
  readonly change: CompanyChange
}

const changedLimits = (before: CompanyLimits, changes: CompanyChange['limits'] = {}): CompanyLimits =>
  Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, limit]) => limit !== 'none'))

const changed = (before: Company, { limits, ...others }: CompanyChange): Company =>
  ({ ...before, ...others, limits: changedLimits(before.limits, limits) })

/** Suspends or resumes a company, or sets its share and limits; ingest sees it within 10 s (design 4). Answers it as it is now. */
export const changeCompany = (desk: OperatorDesk) => ({ companyId, actor, action, change }: ChangeCompany): Acted<Company> =>
  act(desk, { companyId, actor, action, target: `company:${companyId}`, details: { ...change } }, (tx) => pipe(
    tx.company(),
    TE.chainW((found): Acted<Company> => (found === undefined
      ? TE.left(refusal('not_found', `There is no company ${companyId}; a company is known when its first event has arrived.`))
      : TE.right(changed(found, change)))),
    TE.chainFirstW((company) => tx.changeCompany(company)),
  ))
