import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { ProjectionName } from '../projections/read-models.ts'
import type { Unavailable } from './unavailable.ts'

/** Read models that are built, compared and exchanged together: one writes into the rows of the other, or there is one alone. */
export type Group = readonly [ProjectionName, ...ReadonlyArray<ProjectionName>]

/** `building`: never served yet. `replaced`: served until a switch. `rejected`: served until a switch was taken back. */
export type Standing = 'building' | 'replaced' | 'rejected'

/** What stands beside a group that is served. */
export interface Beside {
  readonly standing: Standing
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly switchedAt?: number
  /** False where a migration has changed the tables that are served meanwhile: then it can only be dropped. */
  readonly fits: boolean
}

/** A company whose rows are not the same in both generations; equal counts mean that their contents differ. */
export interface Difference { readonly what: string; readonly companyId: string; readonly served: number; readonly beside: number }

export interface Compared {
  readonly companies: number
  readonly rows: number
  /** Rows whose contents were compared too. */
  readonly hashed: number
  readonly differences: ReadonlyArray<Difference>
}

export interface Exchanged {
  readonly attempts: number
  /** When the last attempt began, ms since 1970. */
  readonly at: number
  /** How long projections stood still in the last attempt, and readers of these tables at most, ms. */
  readonly heldMs: number
  readonly exclusiveMs: number
}

/** Brings what stands beside to exactly where the served one is, which stands still meanwhile. */
export type Meanwhile = TaskEither<Unavailable, unknown>

/**
 * Two generations of read models, one of them served (ADR 0020). Tests: test/adapters/postgres/generations/. A group that has nothing
 * beside it is not to be compared, exchanged or dropped.
 */
export interface Generations {
  readonly beside: (group: Group) => TaskEither<Unavailable, Beside | undefined>
  /** Makes empty tables beside the served ones, of the same shape and with the same rights. */
  readonly prepare: (group: Group) => TaskEither<Unavailable, void>
  /** Both as they are after `meanwhile`; contents of `percent` of each company's rows. */
  readonly compare: (group: Group, meanwhile: Meanwhile, percent: number) => TaskEither<Unavailable, Compared>
  /** Exchanges both in one transaction after `meanwhile`; undefined when readers left no room for it in the time. */
  readonly exchange: (group: Group, becomes: Standing, meanwhile: Meanwhile) => TaskEither<Unavailable, Exchanged | undefined>
  readonly drop: (group: Group) => TaskEither<Unavailable, void>
}
