import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { migrate } from '../outbound/postgres/migrate.ts'
import { developmentSecrets, type Secrets } from './development-secrets.ts'
import { HEAP_FLAGS } from './heap-flags.ts'
import { withServers, type ServedSettings } from './embedded/servers.ts'
import { EXIT_CONFIGURATION, type Environment, type Settings } from './settings.ts'
import type { Stoppable } from './shutdown.ts'
import { supervise, type Supervised } from './supervisor.ts'

export interface Everything extends Stoppable {
  readonly settings: ServedSettings
  readonly secrets: Secrets
  readonly graphqlUrl: string
}

const ENTRY = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../inbound/cli/daisi.ts' : '../inbound/cli/daisi.js',
  import.meta.url))
const READY_WITHIN_MS = 60_000
const LOOK_EVERY_MS = 50

const ROLES = ['ingest', 'project', 'serve'] as const

/** What a child needs to know beyond the environment: addresses of the servers, its admin port, the shared secrets. */
const environmentOf = ({ natsUrl, databaseUrl, adminPort, jwtJwksUrl }: ServedSettings, { jwtKey, cursorSecret }: Secrets,
  index: number): Environment => ({
  ...process.env, NATS_URL: natsUrl, DATABASE_URL: databaseUrl, ADMIN_PORT: String(adminPort + index), CURSOR_SECRET: cursorSecret,
  ...(jwtJwksUrl === undefined ? { JWT_KEY: jwtKey } : {}),
})

const isReady = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

const untilReady = async ({ host, adminPort }: Settings): Promise<void> => {
  const urls = ROLES.map((_, i) => `http://${host}:${adminPort + i}/readyz`)
  for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end; await sleep(LOOK_EVERY_MS))
    if ((await Promise.all(urls.map(isReady))).every(Boolean)) return
  throw new Error(`not ready after ${READY_WITHIN_MS / 1_000} s; see the log lines above`)
}

/** All of the service on this machine: servers for each URL that is not set, migrations, and the three processes under a supervisor. */
export const runEverything = async (wanted: Settings, out: NodeJS.WritableStream): Promise<Everything> => {
  const { settings, stop: stopServers } = await withServers(wanted, out)
  await migrate(settings.migrationDatabaseUrl ?? settings.databaseUrl)
  const secrets = developmentSecrets(settings)
  const processes = ROLES.map((name, i): Supervised => ({ name, args: ['start', name], flags: HEAP_FLAGS[name],
    env: environmentOf(settings, secrets, i) }))
  const supervisor = supervise(ENTRY, processes, (what) => { out.write(`${what}\n`) })
  const stop = async (): Promise<void> => {
    await supervisor.stop()
    await stopServers()
  }
  void supervisor.hopeless.then(async () => {
    await stop()
    process.exit(EXIT_CONFIGURATION)
  })
  try {
    await untilReady(settings)
  } catch (cause) {
    await stop()
    throw cause
  }
  const graphqlUrl = `http://${settings.host}:${settings.httpPort}/graphql`
  out.write(`ready: ${graphqlUrl}\n`)
  return { settings, secrets, graphqlUrl, stop }
}
