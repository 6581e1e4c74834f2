import * as E from 'fp-ts/lib/Either.js'
import type { Container } from 'inversify'
import type { MikroORM } from '@mikro-orm/postgresql'
import { adminServer, close, listen, type ReadinessCheck } from '../inbound/http/admin-server.ts'
import { answers, schemaIsReady } from '../outbound/postgres/health.ts'
import { runtimeRoleProblems, type RuntimeRole } from '../outbound/postgres/runtime-role.ts'
import { containerOf } from './container.ts'
import { EXIT_CONFIGURATION, type Settings } from './settings.ts'
import type { Stoppable } from './shutdown.ts'
import { token } from './tokens.ts'
import { untilHolds } from './waiting.ts'

/** What a role of the service does on top of what all of them do. */
export interface Work extends Stoppable { readonly checks: ReadonlyArray<ReadinessCheck> }

/** A process of the service, and the database roles that its statements run under. */
export interface ProcessKind { readonly name: string; readonly roles: ReadonlyArray<RuntimeRole> }

export type Start = (container: Container) => Promise<Work>

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

/** A login that row-level security does not bind would see every company: nothing is started with it (bad inputs C8). */
const refuseUnsafeLogin = async (orm: MikroORM, roles: ReadonlyArray<RuntimeRole>, production: boolean): Promise<void> => {
  const found = await Promise.all(roles.map((role) => runtimeRoleProblems(orm, role, production)()))
  const problems = new Set(found.flatMap((result) => (E.isLeft(result) ? [result.left.cause.message] : result.right)))
  if (problems.size === 0) return
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  process.exit(EXIT_CONFIGURATION)
}

/**
 * One process of the service: admin port first, so that it can be seen waiting; then its servers, then its work. Ready
 * when all checks hold; on the way out not ready, work stopped, connections closed.
 */
export const startProcess = async ({ name, roles }: ProcessKind, settings: Settings, start: Start): Promise<Stoppable> => {
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
  await refuseUnsafeLogin(orm, roles, settings.production)
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
