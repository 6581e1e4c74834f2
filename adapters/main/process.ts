import type { Container } from 'inversify'
import type { MikroORM } from '@mikro-orm/postgresql'
import { adminServer, close, listen, type ReadinessCheck } from '../inbound/http/admin-server.ts'
import { answers } from '../outbound/postgres/health.ts'
import { serverNowMs } from '../outbound/postgres/server-facts.ts'
import { watchClocks } from './clock-watch.ts'
import { containerOf, type Prepare } from './container.ts'
import { endSilently } from './last-words.ts'
import type { Settings } from './settings.ts'
import type { Stoppable } from './shutdown.ts'
import { warnOfFewDescriptors } from './descriptor-limit.ts'
import { startProcessSampling } from './process-sampling.ts'
import { checkDatabases, type Login } from './start-checks.ts'
import { token } from './tokens.ts'
import { watchdog } from './watchdog.ts'
import { letGarbageDieYoung } from './young-garbage.ts'

/** What a role of the service does on top of what all of them do. */
export interface Work extends Stoppable { readonly checks: ReadonlyArray<ReadinessCheck> }

/** A process of the service, and all roles that its statements run under. */
export interface ProcessKind { readonly name: string; readonly logins: ReadonlyArray<Login> }

export type Start = (container: Container) => Promise<Work>

/** What runs beside the work of every process. */
const startGuards = async (container: Container, { name, logins }: ProcessKind, orm: MikroORM): Promise<Stoppable> => {
  const guard = watchdog(container.get(token.settings).watchdogSeconds)
  const sampling = await startProcessSampling(container, name, new Set(logins.map(({ through }) => through)))
  const clocks = watchClocks([{ server: 'postgresql', nowMs: () => serverNowMs(orm) }], container.get(token.metrics),
    container.get(token.logger))
  return { stop: async () => {
    await Promise.all([sampling.stop(), clocks.stop(), guard.stop()])
  } }
}

const openAdmin = async (container: Container, { adminPort, host }: Settings, checks: () => ReadonlyArray<ReadinessCheck>) => {
  const { registry } = container.get(token.metrics)
  const admin = adminServer({ checks, scrape: () => registry.metrics() })
  return { admin, port: await listen(admin, adminPort, host) }
}

/**
 * One process of the service: admin port first, so that it can be seen waiting; then its servers, then its work. Ready
 * when all checks hold; on the way out not ready, work stopped, connections closed.
 */
export const startProcess = async (
  kind: ProcessKind, settings: Settings, start: Start, prepare: Prepare = () => undefined,
): Promise<Stoppable> => {
  letGarbageDieYoung()
  const container = await containerOf(settings, kind.name, prepare)
  const logger = container.get(token.logger)
  endSilently(logger)
  let work: Work | undefined
  const started: ReadinessCheck = { name: 'started', holds: () => work !== undefined }
  const orm = await container.getAsync(token.orm)
  const database: ReadinessCheck = { name: 'database', holds: () => answers(orm) }
  const { admin, port } = await openAdmin(container, settings, () => [started, database, ...(work?.checks ?? [])])
  warnOfFewDescriptors(logger)
  await checkDatabases(container, kind.logins, settings.production)
  const guards = await startGuards(container, kind, orm)
  work = await start(container)
  logger.info('started', { adminPort: port })
  return { stop: async () => {
    const stopping = work
    work = undefined
    logger.info('stopping')
    await stopping?.stop()
    await guards.stop()
    await close(admin)
    await container.unbindAllAsync()
    logger.info('stopped')
  } }
}
