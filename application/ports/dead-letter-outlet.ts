import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { DeadLetter } from './failed-events.ts'
import type { Unavailable } from './unavailable.ts'

/** Publishes copies to `v1.dlq.<company>` in the contract's form (6.1) with a deterministic id, so that repeating is harmless. */
export interface DeadLetterOutlet {
  readonly publish: (letters: ReadonlyArray<DeadLetter>) => TaskEither<Unavailable, void>
}
