import { PROJECTIONS } from '../../adapters/main/lag.ts'
import { postgresEventLog } from '../../adapters/outbound/postgres/event-log.ts'
import type { openOrm } from '../../adapters/outbound/postgres/orm.ts'
import { postgresReadModelStore } from '../../adapters/outbound/postgres/read-model-store.ts'
import { projectBatch, projections } from '../../application/application.ts'
import type { ProjectionName } from '../../application/projections/read-models.ts'
import { rightOf } from '../support/right-of.ts'

/** As the service has it (adapters/main/settings-table.ts). */
const PAGE = 2_000

/**
 * All projections side by side, as the service runs them, to the end of the log; answers the facts of the log, each counted once.
 */
export const caughtUp = async (orm: Awaited<ReturnType<typeof openOrm>>): Promise<number> => {
  const [log, store] = [postgresEventLog(orm), postgresReadModelStore(orm)]
  const projected = async <N extends ProjectionName>(name: N): Promise<number> => {
    for (let facts = 0; ;) {
      const step = await rightOf(projectBatch(projections[name], log, store, PAGE))
      facts += step.facts
      if (!step.more) return facts
    }
  }
  return Math.max(...await Promise.all(PROJECTIONS.map((name) => projected(name))))
}
