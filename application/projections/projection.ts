import type { AggregateKind } from '../aggregates.ts'
import type { LoggedFact } from '../ports/event-log.ts'
import type { ProjectionName, ReadModels } from './read-models.ts'

/** A pure fold of facts into rows; a row belongs to one aggregate, whose id is its key. A fact is never refused. */
export interface Projection<N extends ProjectionName> {
  readonly name: N
  /** The kind of aggregate whose facts it folds. */
  readonly kind: AggregateKind
  /** The row after `fact`, or undefined while there is nothing to show: an aggregate of which only updates are known. */
  readonly evolve: (row: ReadModels[N] | undefined, fact: LoggedFact) => ReadModels[N] | undefined
}
