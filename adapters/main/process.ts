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
import { watchdog } from './watchdog.ts'

/** What a role of the service does on top of what all of them do. */
export interface Work extends Stoppable { readonly checks: ReadonlyArray<ReadinessCheck> }

/** A database role that statements run under, and the connection they go through. */
export interface Login { readonly through: 'orm' | 'readOrm'; readonly role: RuntimeRole }

/** A process of the service, and all roles that its statements run under. */
export interface ProcessKind { readonly name: string; readonly logins: ReadonlyArray<Login> }

export type Start = (container: Container) => Promise<Work>

/** What a caller may still change of the container before anything is made of it: tests put failures between the ports. */
export type Prepare = (container: Container) => void

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

/** What is wrong with the logins; waits while a database does not answer, for that says nothing about them. */
const loginProblems = async (container: Container, logins: ReadonlyArray<Login>, production: boolean): Promise<ReadonlyArray<string>> => {
  const problems = new Set<string>()
  for (const { through, role } of logins) {
    const orm = await container.getAsync(token[through])
    await untilHolds('PostgreSQL', async () => {
      const found = await runtimeRoleProblems(orm, role, production)()
      if (E.isRight(found)) for (const problem of found.right) problems.add(problem)
      return E.isRight(found)
    }, container.get(token.logger))
  }
  return [...problems]
}

/** A login that row-level security does not bind would see every company: nothing is started with it (bad inputs C8). */
const refuseUnsafeLogins = async (container: Container, logins: ReadonlyArray<Login>, production: boolean): Promise<void> => {
  const problems = await loginProblems(container, logins, production)
  if (problems.length === 0) return
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  process.exit(EXIT_CONFIGURATION)
}

/**
 * One process of the service: admin port first, so that it can be seen waiting; then its servers, then its work. Ready
 * when all checks hold; on the way out not ready, work stopped, connections closed.
 */
export const startProcess = async (
  { name, logins }: ProcessKind, settings: Settings, start: Start, prepare: Prepare = () => undefined,
): Promise<Stoppable> => {
  const container = await containerOf(settings, name)
  prepare(container)
  const logger = container.get(token.logger)
  const { registry } = container.get(token.metrics)
  let work: Work | undefined
  const started: ReadinessCheck = { name: 'started', holds: () => work !== undefined }
  const orm = await container.getAsync(token.orm)
  const database: ReadinessCheck = { name: 'database', holds: () => answers(orm) }
  const admin = adminServer({ checks: () => [started, database, ...(work?.checks ?? [])], scrape: () => registry.metrics() })
  const port = await listen(admin, settings.adminPort, settings.host)
  await untilHolds('PostgreSQL and its migrations (`daisi migrate`)', () => schemaIsReady(orm), logger)
  await refuseUnsafeLogins(container, logins, settings.production)
  const guard = watchdog(settings.watchdogSeconds)
  const sampling = await samplePool(container, orm)
  work = await start(container)
  logger.info('started', { adminPort: port })
  return { stop: async () => {
    const stopping = work
    work = undefined
    logger.info('stopping')
    await stopping?.stop()
    clearInterval(sampling)
    await guard.stop()
    await close(admin)
    await container.unbindAllAsync()
    logger.info('stopped')
  } }
}
