import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Progress, ReadModelStore } from '../../application/ports/read-model-store.ts'
import type { ProjectionName } from '../../application/projections/read-models.ts'

/**
 * Read models, for one projector: where it stands is not asked for right after it has moved there (measured, ADR 0019). Told once only: a
 * step that finds nothing, or was overtaken, is followed by one that asks, so whatever moves a checkpoint from outside is noticed.
 */
export const carryingProgress = (store: ReadModelStore): ReadModelStore => {
  const carried = new Map<ProjectionName, Progress>()
  return {
    ...store,
    progress: (name) => async () => {
      const progress = carried.get(name)
      carried.delete(name)
      return progress === undefined ? store.progress(name)() : E.right(progress)
    },
    advance: (name, step) => pipe(store.advance(name, step), TE.map((moved) => {
      if (moved) carried.set(name, step.generation === undefined ? step.to : { ...step.to, generation: step.generation })
      return moved
    })),
  }
}
