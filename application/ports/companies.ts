import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CompanyId } from '../../domain/company.ts'
import type { Unavailable } from './unavailable.ts'

/** Items that may pass: `perSecond` on average, `burst` at once after a rest; both at least 1. */
export interface RateLimit { readonly perSecond: number; readonly burst: number }

/** Of a company, by class of its events; a class without one takes what is free. */
export interface CompanyLimits { readonly realtime?: RateLimit; readonly history?: RateLimit }

/** A registered company; `weight` is its share in the scheduler, 1 by default. */
export interface Company {
  readonly companyId: CompanyId
  readonly status: 'active' | 'suspended'
  readonly weight: number
  readonly limits: CompanyLimits
}

/** The registry (design 6). Contract: test/contract/companies.contract.ts */
export interface Companies {
  /** Registers those not yet known, as active, and answers all of the asked ones. */
  readonly register: (ids: ReadonlyArray<CompanyId>) => TaskEither<Unavailable, ReadonlyArray<Company>>
  readonly all: () => TaskEither<Unavailable, ReadonlyArray<Company>>
}

/**
 * How far a company's stream is settled: every sequence up to it is; PostgreSQL remembers it for the broker (design 4). `stream` is its
 * name, with `#2` and so on behind it for the subjects of later versions.
 */
export interface Acknowledged { readonly companyId: CompanyId; readonly stream: string; readonly sequence: number }

export interface Reached extends Acknowledged {
  /** Publish time of the oldest event behind it, ms since 1970; absent when there is none. `CompanyStanding` tells it. */
  readonly unprocessedSince?: number
}

/** Contract: test/contract/acknowledged-positions.contract.ts */
export interface AcknowledgedPositions {
  /** Never moves back; what is behind is as last saved. */
  readonly save: (positions: ReadonlyArray<Reached>) => TaskEither<Unavailable, void>
  readonly of: (companyIds: ReadonlyArray<CompanyId>) => TaskEither<Unavailable, ReadonlyArray<Acknowledged>>
  /** Positions that did not move within the stream's whole age belong to an older stream of that name: they are 0 again. */
  readonly forget: (stream: string, ageMs: number) => TaskEither<Unavailable, void>
}
