import { startContainers } from './container-servers.ts'
import { startEmbedded } from './embedded-servers.ts'
import type { TestServers } from './test-servers.ts'

/**
 * One PostgreSQL and one nats-server a run, for mocha's parent process: those that TEST_DATABASE_URL and TEST_NATS_URL name (both, or
 * neither), else with CONTAINERS=1 containers, else the embedded ones. A server that cannot be had fails the run. Tests find them in
 * TEST_DATABASE_URL, TEST_NATS_URL and TEST_NATS_MONITOR_URL, in parallel workers too.
 */
let started: TestServers | undefined

const given = (): boolean => {
  const [database, nats] = [process.env['TEST_DATABASE_URL'] ?? '', process.env['TEST_NATS_URL'] ?? '']
  if ((database === '') !== (nats === '')) throw new Error('set both of TEST_DATABASE_URL and TEST_NATS_URL, or neither')
  return database !== ''
}

export const mochaGlobalSetup = async (): Promise<void> => {
  if (given()) return
  started = await (process.env['CONTAINERS'] === '1' ? startContainers() : startEmbedded())
  Object.assign(process.env, {
    TEST_DATABASE_URL: started.databaseUrl, TEST_NATS_URL: started.natsUrl, TEST_NATS_MONITOR_URL: started.natsMonitorUrl,
  })
}

export const mochaGlobalTeardown = async (): Promise<void> => { await started?.stop() }
