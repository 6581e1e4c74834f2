import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Companies, Company } from '../../../application/ports/companies.ts'
import type { Unavailable } from '../../../application/ports/unavailable.ts'
import { HISTORY, type StreamRank } from '../../../domain/clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { tokenBucket, type TokenBucket } from './token-bucket.ts'

/** An outage as a rejection: the loops of ingest say it and come round again. */
export const orThrow = async <A>(work: TaskEither<Unavailable, A>): Promise<A> => {
  const result = await work()
  if (E.isLeft(result)) throw result.left.cause
  return result.right
}

/** The buckets of companies with limits; one whose limit has changed begins full. */
const allowances = (nowMs: () => number) => {
  const buckets = new Map<string, { readonly limit: string; readonly bucket: TokenBucket }>()
  return (company: Company | undefined, rank: StreamRank): TokenBucket | undefined => {
    const limit = rank === HISTORY ? company?.limits.history : company?.limits.realtime
    if (company === undefined || limit === undefined) return undefined
    const [key, text] = [`${company.companyId} ${rank}`, `${limit.perSecond}/${limit.burst}`]
    const known = buckets.get(key)
    if (known?.limit === text) return known.bucket
    const bucket = tokenBucket(limit, nowMs)
    buckets.set(key, { limit: text, bucket })
    return bucket
  }
}

/** The registry as last read. */
export const companyRegistry = (companies: Companies, nowMs: () => number = Date.now) => {
  const known = new Map<CompanyId, Company>()
  const bucketOf = allowances(nowMs)
  const learn = (some: ReadonlyArray<Company>): void => { for (const company of some) known.set(company.companyId, company) }
  const find = (companyId: string): Company | undefined => known.get(companyId as CompanyId)
  return {
    /** Registers those not known yet. Rejects while PostgreSQL is away. */
    meet: async (ids: ReadonlyArray<CompanyId>): Promise<void> => {
      const unknown = [...new Set(ids)].filter((companyId) => !known.has(companyId))
      if (unknown.length > 0) learn(await orThrow(companies.register(unknown)))
    },
    /** Weights, limits and statuses as they are now. */
    refresh: async (): Promise<void> => { learn(await orThrow(companies.all())) },
    size: (): number => known.size,
    isSuspended: (companyId: CompanyId): boolean => find(companyId)?.status === 'suspended',
    isActive: (companyId: CompanyId): boolean => find(companyId)?.status === 'active',
    weightOf: (companyId: string): number => find(companyId)?.weight ?? 1,
    allowanceOf: (companyId: string, rank: StreamRank): TokenBucket | undefined => bucketOf(find(companyId), rank),
  }
}

export type CompanyRegistry = ReturnType<typeof companyRegistry>
