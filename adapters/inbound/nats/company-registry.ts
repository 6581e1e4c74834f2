import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Companies, Company } from '../../../application/ports/companies.ts'
import type { Unavailable } from '../../../application/ports/unavailable.ts'
import type { CompanyId } from '../../../domain/company.ts'

/** An outage as a rejection: the loops of ingest say it and come round again. */
export const orThrow = async <A>(work: TaskEither<Unavailable, A>): Promise<A> => {
  const result = await work()
  if (E.isLeft(result)) throw result.left.cause
  return result.right
}

/** The registry as last read. */
export const companyRegistry = (companies: Companies) => {
  const known = new Map<CompanyId, Company>()
  const learn = (some: ReadonlyArray<Company>): void => { for (const company of some) known.set(company.companyId, company) }
  return {
    /** Registers those not known yet. Rejects while PostgreSQL is away. */
    meet: async (ids: ReadonlyArray<CompanyId>): Promise<void> => {
      const unknown = [...new Set(ids)].filter((companyId) => !known.has(companyId))
      if (unknown.length > 0) learn(await orThrow(companies.register(unknown)))
    },
    /** Weights and statuses as they are now. */
    refresh: async (): Promise<void> => { learn(await orThrow(companies.all())) },
    size: (): number => known.size,
    isActive: (companyId: CompanyId): boolean => known.get(companyId)?.status === 'active',
    weightOf: (companyId: string): number => known.get(companyId as CompanyId)?.weight ?? 1,
  }
}
