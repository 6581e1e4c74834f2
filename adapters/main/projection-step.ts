import { projectBatch, projections } from '../../application/application.ts'
import type { EventLog } from '../../application/ports/event-log.ts'
import type { ReadModelStore } from '../../application/ports/read-model-store.ts'
import type { Projected } from '../../application/projections/project-batch.ts'
import type { ProjectionName } from '../../application/projections/read-models.ts'
import { carryingProgress } from './carried-progress.ts'
import { stepped } from './follow.ts'
import { growingPage } from './growing-page.ts'

interface Ports { readonly log: EventLog; readonly store: ReadModelStore }

/** The steps of one projection, each of at most `mostFacts` facts; rejects where a port is unavailable. */
export const projectionSteps = <N extends ProjectionName>(name: N, { log, store }: Ports, mostFacts: number): () => Promise<Projected> => {
  const [inPage, carrying] = [growingPage(mostFacts), carryingProgress(store)]
  return () => inPage((page) => stepped(projectBatch(projections[name], log, carrying, page)))
}
