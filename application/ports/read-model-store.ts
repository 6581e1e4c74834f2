import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { AggregateKey } from './transactions.ts'
import type { Position } from './event-log.ts'
import type { ReadModels, ProjectionName } from '../projections/read-models.ts'
import type { Unavailable } from './unavailable.ts'

export interface Progress {
  readonly position: Position
  /** Of the last fact applied, ms since 1970. */
  readonly factAt?: number
  /** Names the rows that the position belongs to, in stores whose read models can be exchanged for others while they are in use. */
  readonly generation?: string
}

/** A row as it was loaded, if there was one, and as it is now. */
export interface AdvancedRow<Row> { readonly key: AggregateKey; readonly before?: Row; readonly row: Row }

/** Contract: test/contract/read-model-store.contract.ts */
export interface ReadModelStore {
  readonly progress: (name: ProjectionName) => TaskEither<Unavailable, Progress>
  /** By `keyOf`; a row that does not exist is absent. One statement. */
  readonly load: <N extends ProjectionName>(name: N, keys: ReadonlyArray<AggregateKey>) => TaskEither<Unavailable, ReadonlyMap<string,
    ReadModels[N]>>
  /**
   * Rows, company totals and checkpoint in one transaction, set-based. Answers false, and nothing is written, when the
   * checkpoint is not at `from` any more, or the rows are of another generation: another projector, or a rebuild, has taken over.
   * Saving timeline rows also refreshes
   * `last_message` of the chats they belong to or have left, recomputed, not folded (design 7).
   */
  readonly advance: <N extends ProjectionName>(name: N, step: {
    readonly from: Position
    /** That `from` and the rows were read of; any where it is left out. */
    readonly generation?: string
    readonly to: Progress
    readonly rows: ReadonlyArray<AdvancedRow<ReadModels[N]>>
  }) => TaskEither<Unavailable, boolean>
}
