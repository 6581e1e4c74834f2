import * as E from 'fp-ts/lib/Either.js'
import type { Container } from 'inversify'
import { projectBatch, projections } from '../../application/application.ts'
import type { ProjectionName } from '../../application/projections/read-models.ts'
import { listenToLog } from '../outbound/postgres/listen.ts'
import { follow, type Follower } from './follow.ts'
import type { Prepare } from './container.ts'
import { lagOfProjection, PROJECTIONS } from './lag.ts'
import { startProcess, type Work } from './process.ts'
import type { Settings } from './settings.ts'
import type { Stoppable } from './shutdown.ts'
import { token } from './tokens.ts'

const ALIVE_WITHIN_MS = 120_000
const LAG_EVERY_MS = 2_000

const followerOf = async <N extends ProjectionName>(name: N, container: Container, page: number): Promise<Follower> => {
  const [log, store, metrics] = [await container.getAsync(token.eventLog), await container.getAsync(token.readModels),
    container.get(token.metrics)]
  return { name, step: async () => {
    const projected = await projectBatch(projections[name], log, store, page)()
    if (E.isLeft(projected)) throw projected.left.cause
    metrics.projectedFacts.inc({ projection: name }, projected.right.facts)
    return projected.right.more
  } }
}

const watchLag = async (container: Container): Promise<NodeJS.Timeout> => {
  const [log, store, { projectionLag }, clock] = [await container.getAsync(token.eventLog), await container.getAsync(token.readModels),
    container.get(token.metrics), container.get(token.clock)]
  const logger = container.get(token.logger)
  return setInterval(() => {
    for (const projection of PROJECTIONS) {
      void lagOfProjection(projection, log, store, clock)
        .then((lag) => { if (lag !== undefined) projectionLag.set({ projection }, lag) })
        .catch(() => { logger.debug('a lag could not be measured', { projection }) })
    }
  }, LAG_EVERY_MS)
}

const startWork = async (container: Container, settings: Settings): Promise<Work> => {
  const logger = container.get(token.logger)
  const page = settings.projectionPage
  const followers = follow(await Promise.all(PROJECTIONS.map((name) => followerOf(name, container, page))),
  { pollMs: settings.pollMs, onFailure: (name, cause) => { logger.error('a projection failed; it will try again', { projection: name },
    cause) } })
  const listener = listenToLog(settings.listenDatabaseUrl ?? settings.databaseUrl ?? '', 'daisi-project-listen', followers.wake)
  const lag = await watchLag(container)
  return {
    checks: [{ name: 'projections', holds: () => followers.isAlive(ALIVE_WITHIN_MS) }],
    stop: async () => {
      clearInterval(lag)
      await listener.close()
      await followers.stop()
    },
  }
}

/** The read side's writer: projections, each with its own checkpoint (design 2). */
export const startProjectProcess = (settings: Settings, prepare?: Prepare): Promise<Stoppable> =>
  startProcess({ name: 'project', logins: [{ through: 'orm', role: 'daisi_projector' }, { through: 'readOrm',
    role: 'daisi_projector' }] }, settings, (container) => startWork(container, settings), prepare)
