import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CompanyId } from '../../domain/company.ts'
import type { AggregateKind, Aggregates } from '../aggregates.ts'
import type { Cause } from './cause.ts'
import type { Unavailable, Unstorable } from './unavailable.ts'

/** State and the count of facts behind it; version 0 = never saved. */
export interface Versioned<State> { readonly state: State; readonly version: number }

/** Ids are unique inside their company only. */
export interface AggregateKey { readonly companyId: CompanyId; readonly id: string }

/** What a batch works on, by kind; each key once. */
export type Wanted = { readonly [K in AggregateKind]?: ReadonlyArray<AggregateKey> }

/** By `keyOf`; an aggregate never saved is absent. Early facts come as the state of their aggregate. */
export type Loaded = { readonly [K in AggregateKind]?: ReadonlyMap<string, Versioned<Aggregates[K]['state']>> }

export interface Change<K extends AggregateKind> {
  readonly companyId: CompanyId
  readonly id: string
  /** Version that was loaded; the facts get the next ones. */
  readonly version: number
  readonly before: Aggregates[K]['state']
  readonly state: Aggregates[K]['state']
  /** One or more, in the order decided. */
  readonly facts: ReadonlyArray<{ readonly event: Aggregates[K]['event']; readonly cause: Cause }>
}
export type Changes = { readonly [K in AggregateKind]?: ReadonlyArray<Change<K>> }

/** One batch's view of the store. Contract: test/contract/transactions.contract.ts */
export interface Tx {
  /** One round trip, however many aggregates of however many kinds. */
  readonly load: (wanted: Wanted) => TaskEither<Unavailable | Unstorable, Loaded>
  /** States and facts of all changes, set-based, in one round trip. */
  readonly save: (changes: Changes) => TaskEither<Unavailable | Unstorable, void>
}

/** The companies and the lane locks (`application/lanes.ts`) of a batch; nothing outside them can be read or written. */
export interface BatchScope {
  readonly companies: ReadonlyArray<CompanyId>
  /** Distinct, ascending: locked in this order before anything is read (design 5). */
  readonly locks: ReadonlyArray<number>
}

/** All of `work` or none of it. A throw inside `work` rolls back and rejects: it is a bug. */
export interface Transactions {
  readonly transact: <E, A>(scope: BatchScope, work: (tx: Tx) => TaskEither<E, A>) => TaskEither<E | Unavailable | Unstorable, A>
}

/** The space cannot occur in a company id. */
export const keyOf = ({ companyId, id }: AggregateKey): string => `${companyId} ${id}`
