import type { Container } from 'inversify'
import type { ProjectionName } from '../../application/projections/read-models.ts'
import { watermarkAgeSeconds } from '../outbound/postgres/watermark-age.ts'
import { listenToLog } from '../outbound/postgres/listen.ts'
import { follow, type Follower } from './follow.ts'
import type { Prepare } from './container.ts'
import { lagOfProjection, PROJECTIONS } from './lag.ts'
import { sampleFollowers } from './process-sampling.ts'
import { sampling } from './sampling.ts'
import { startProcess, type Work } from './process.ts'
import { projectionSteps } from './projection-step.ts'
import { readingAhead } from './read-ahead.ts'
import type { Settings } from './settings.ts'
import type { Stoppable } from './shutdown.ts'
import { token } from './tokens.ts'
import { tracedProjection } from './tracing.ts'
import { unhurried } from './unhurried.ts'

const ALIVE_WITHIN_MS = 120_000
const LAG_EVERY_MS = 2_000

const followerOf = async (name: ProjectionName, container: Container, mostFacts: number): Promise<Follower> => {
  const metrics = container.get(token.metrics)
  const [log, store] = tracedProjection(container.get(token.tracing),
    [readingAhead(await container.getAsync(token.eventLog)), await container.getAsync(token.readModels)], name)
  const step = unhurried(projectionSteps(name, { log, store }, mostFacts))
  return { name, step: async () => {
    const { facts, more } = await step()
    metrics.projectedFacts.inc({ projection: name }, facts)
    if (facts > 0) metrics.projectionPage.observe(facts)
    return more
  } }
}

const watchLag = async (container: Container): Promise<Stoppable> => {
  const [log, store, orm] = [await container.getAsync(token.eventLog), await container.getAsync(token.readModels),
    await container.getAsync(token.orm)]
  const [{ projectionLag, watermarkAge }, clock] = [container.get(token.metrics), container.get(token.clock)]
  return sampling(LAG_EVERY_MS, async () => {
    watermarkAge.set(await watermarkAgeSeconds(orm))
    for (const projection of PROJECTIONS) {
      const lag = await lagOfProjection(projection, log, store, clock)
      if (lag !== undefined) projectionLag.set({ projection }, lag)
    }
  })
}

const startWork = async (container: Container, settings: Settings): Promise<Work> => {
  const logger = container.get(token.logger)
  const followers = follow(await Promise.all(PROJECTIONS.map((name) => followerOf(name, container, settings.projectionPage))),
  { pollMs: settings.pollMs, onFailure: (name, cause) => { logger.error('a projection failed; it will try again', { projection: name },
    cause) } })
  const listener = listenToLog(settings.listenDatabaseUrl ?? settings.databaseUrl ?? '', 'daisi-project-listen', followers.wake)
  const watching = [await watchLag(container), sampleFollowers(container, followers)]
  return {
    checks: [{ name: 'projections', holds: () => followers.isAlive(ALIVE_WITHIN_MS) }],
    stop: async () => {
      await Promise.all(watching.map(({ stop }) => stop()))
      await listener.close()
      await followers.stop()
    },
  }
}

/** The read side's writer: projections, each with its own checkpoint (design 2). */
export const startProjectProcess = (settings: Settings, prepare?: Prepare): Promise<Stoppable> =>
  startProcess({ name: 'project', logins: [{ through: 'orm', role: 'daisi_projector' }, { through: 'readOrm',
    role: 'daisi_projector' }] }, settings, (container) => startWork(container, settings), prepare)
