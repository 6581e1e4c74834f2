import { PROJECTIONS } from '../../adapters/main/lag.ts'
import { projectionSteps } from '../../adapters/main/projection-step.ts'
import { readingAhead } from '../../adapters/main/read-ahead.ts'
import { settingsTable } from '../../adapters/main/settings-table.ts'
import { postgresEventLog } from '../../adapters/outbound/postgres/event-log.ts'
import type { openOrm } from '../../adapters/outbound/postgres/orm.ts'
import { postgresReadModelStore } from '../../adapters/outbound/postgres/read-model-store.ts'
import type { ProjectionName } from '../../application/projections/read-models.ts'

const PAGE = Number(settingsTable.projectionPage.byDefault)

/**
 * All projections side by side, as the service runs them, to the end of the log; answers the facts of the log, each counted once.
 */
export const caughtUp = async (orm: Awaited<ReturnType<typeof openOrm>>): Promise<number> => {
  const [log, store] = [postgresEventLog(orm), postgresReadModelStore(orm)]
  const projected = async (name: ProjectionName): Promise<number> => {
    const step = projectionSteps(name, { log: readingAhead(log), store }, PAGE)
    for (let facts = 0; ;) {
      const { facts: inStep, more } = await step()
      facts += inStep
      if (!more) return facts
    }
  }
  return Math.max(...await Promise.all(PROJECTIONS.map((name) => projected(name))))
}
