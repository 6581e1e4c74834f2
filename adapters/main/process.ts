import type { Container } from 'inversify'
import type { MikroORM } from '@mikro-orm/postgresql'
import { adminServer, close, listen, type ReadinessCheck } from '../inbound/http/admin-server.ts'
import { answers, assertSafeRole, schemaIsReady } from '../outbound/postgres/health.ts'
import { containerOf } from './container.ts'
import type { Settings } from './settings.ts'
import type { Stoppable } from './shutdown.ts'
import { token } from './tokens.ts'
import { untilHolds } from './waiting.ts'

/** What a role of the service does on top of what all of them do. */
export interface Work extends Stoppable { readonly checks: ReadonlyArray<ReadinessCheck> }

const POOL_SAMPLE_MS = 1_000

interface Pool { readonly totalCount: number; readonly idleCount: number; readonly waitingCount: number }

const samplePool = async (container: Container, orm: MikroORM): Promise<NodeJS.Timeout> => {
  const pool: Pool = await orm.em.getConnection().getNativeClient()
  const { poolConnections } = container.get(token.metrics)
  return setInterval(() => {
    poolConnections.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
    poolConnections.set({ state: 'idle' }, pool.idleCount)
    poolConnections.set({ state: 'waiting' }, pool.waitingCount)
  }, POOL_SAMPLE_MS)
}

/**
 * One process of the service: admin port first, so that it can be seen waiting; then its servers, then its work. Ready
 * when all checks hold; on the way out not ready, work stopped, connections closed.
 */
export const startProcess = async (name: string, settings: Settings, start: (container: Container) => Promise<Work>): Promise<Stoppable> => {
  const container = await containerOf(settings, name)
  const logger = container.get(token.logger)
  const { registry } = container.get(token.metrics)
  let work: Work | undefined
  const started: ReadinessCheck = { name: 'started', holds: () => work !== undefined }
  const orm = await container.getAsync(token.orm)
  const database: ReadinessCheck = { name: 'database', holds: () => answers(orm) }
  const admin = adminServer({ checks: () => [started, database, ...(work?.checks ?? [])], scrape: () => registry.metrics() })
  const port = await listen(admin, settings.adminPort, settings.host)
  await untilHolds('PostgreSQL and its migrations (`daisi migrate`)', () => schemaIsReady(orm), logger)
  await assertSafeRole(orm, settings.production)
  const sampling = await samplePool(container, orm)
  work = await start(container)
  logger.info('started', { adminPort: port })
  return { stop: async () => {
    const stopping = work
    work = undefined
    logger.info('stopping')
    await stopping?.stop()
    clearInterval(sampling)
    await close(admin)
    await container.unbindAllAsync()
    logger.info('stopped')
  } }
}
