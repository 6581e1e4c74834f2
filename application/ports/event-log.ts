import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CompanyId } from '../../domain/company.ts'
import type { AggregateKind, Aggregates } from '../aggregates.ts'
import type { TraceParent } from './tracing.ts'
import type { Unavailable } from './unavailable.ts'

/** A fact's place in the log, ordered by epoch, then transaction, then sequence; epoch rises after a restore (design 6). */
export interface Position { readonly epoch: number; readonly xid: number; readonly seq: number }

/** Before the first fact. */
export const ORIGIN: Position = { epoch: 0, xid: 0, seq: 0 }

export const comparePositions = (a: Position, b: Position): number => a.epoch - b.epoch || a.xid - b.xid || a.seq - b.seq

/** A committed fact; an aggregate's versions rise by one. */
export type LoggedFact = { [K in AggregateKind]: {
  readonly position: Position
  readonly companyId: CompanyId
  readonly kind: K
  readonly id: string
  readonly version: number
  readonly event: Aggregates[K]['event']
  /** Milliseconds since 1970, set by the store. */
  readonly recordedAt: number
  /** The span in which it was decided, where somebody traces. */
  readonly trace?: TraceParent
} }[AggregateKind]

export type FactType = LoggedFact['event']['type']

export interface LogPage {
  /** Only what was asked for, in order. */
  readonly facts: ReadonlyArray<LoggedFact>
  /** Position and time of the last fact looked at, also of another kind or type; undefined when there was none. */
  readonly through?: { readonly position: Position; readonly recordedAt: number }
}

/**
 * Committed facts in an order that every reader sees alike; none appears later before a position already read: a page
 * ends below the oldest open transaction (design 6). Contract: test/contract/event-log.contract.ts
 */
export interface EventLog {
  /**
   * Looks at no more than `limit` facts; at fewer where they are large, at one at least if there is one. Answers those of the asked
   * kinds, of these `types` only where some are named.
   */
  readonly read: (
    after: Position, kinds: ReadonlyArray<AggregateKind>, limit: number, types?: ReadonlyArray<FactType>,
  ) => TaskEither<Unavailable, LogPage>
  /** When the first fact after `after` was recorded (ms since 1970), or undefined when there is none: the source of lag in seconds. */
  readonly oldestAfter: (after: Position) => TaskEither<Unavailable, number | undefined>
}
