import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { ensureStreams } from '../../../adapters/inbound/nats/streams.ts'
import { migrate } from '../../../adapters/outbound/postgres/migrate.ts'
import { openFolder } from '../../support/embedded-servers.ts'
import { spawnService, type Environment, type Role, type ServiceProcess } from '../../support/service-process.ts'
import { keep, type Exit, type Kept, type Run } from './kept.ts'
import { keepNats, keepPostgres, type KeptServer } from './kept-servers.ts'
import { steadyPort } from '../../support/steady-port.ts'

export interface ServiceRun extends Run { readonly adminUrl: string; readonly httpUrl: string }
export type KeptService = Kept<ServiceRun> & { readonly role: Role }

export interface ClusterOptions {
  /** Where a server keeps its data, if not in a folder of the cluster's own; PostgreSQL's account must reach it. */
  readonly natsFolder?: string
  readonly postgresFolder?: string
  /** `default` may lose what it acknowledged; for control runs. */
  readonly natsSync?: 'always' | 'default'
  readonly postgresSettings?: Readonly<Record<string, string>>
  /** Makes the schema, where it is not to be this release's. */
  readonly migrate?: (databaseUrl: string) => Promise<unknown>
}

/** Real servers and real processes of the service, all kept running, each to be killed by its number. */
export interface Cluster {
  readonly nats: KeptServer
  readonly postgres: KeptServer
  readonly services: ReadonlyArray<KeptService>
  /** Adds a process of the service; `env` goes over the addresses of the servers, `entry` replaces the program. */
  readonly add: (name: string, role: Role, env?: Environment, entry?: string) => KeptService
  /** Every end of every process so far. */
  readonly exits: ReadonlyArray<Exit>
  readonly untilReady: () => Promise<void>
  /** Ends all of it (services by SIGTERM) and removes the cluster's own folder. */
  readonly stop: () => Promise<void>
}

/** For tests: HS256 tokens and cursors of `serve`. */
export const TEST_KEY = 'a-key-for-fault-tests-of-at-least-32-bytes'

const asRun = ({ pid, ended, untilReady, log, adminUrl, httpUrl }: ServiceProcess): ServiceRun =>
  ({ pid, ended: ended.then(String), untilReady, log, adminUrl, httpUrl })

const provision = async (url: string): Promise<void> => {
  const connection = await connect({ servers: url })
  await ensureStreams(await jetstreamManager(connection))
  await connection.close()
}

/** Both servers, the streams made, the schema migrated; no process of the service yet. */
export const openCluster = async (options: ClusterOptions = {}): Promise<Cluster> => {
  const folder = openFolder()
  const exits: Exit[] = []
  const onExit = (exit: Exit): void => { exits.push(exit) }
  const nats = keepNats({ folder: options.natsFolder ?? join(folder, 'nats'), port: await steadyPort(), onExit }, options.natsSync)
  const postgres = keepPostgres({ folder: options.postgresFolder ?? folder, port: await steadyPort(), onExit }, options.postgresSettings)
  const services: KeptService[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(services.map((service) => service.end('SIGTERM')))
    await Promise.all([nats.end('SIGTERM'), postgres.end('SIGINT')])
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await Promise.all([nats.untilReady(), postgres.untilReady()])
    await Promise.all([(options.migrate ?? migrate)(postgres.url), provision(nats.url)])
  } catch (cause) {
    await stop()
    throw cause
  }
  return {
    nats, postgres, services, exits, stop,
    add: (name, role, env = {}, entry) => {
      const all = { NATS_URL: nats.url, DATABASE_URL: postgres.url, JWT_KEY: TEST_KEY, CURSOR_SECRET: TEST_KEY, ...env }
      const service = { ...keep(name, async () => asRun(await spawnService(role, all, entry)), onExit), role }
      services.push(service)
      return service
    },
    untilReady: async () => { await Promise.all([nats.untilReady(), postgres.untilReady(), ...services.map((one) => one.untilReady())]) },
  }
}
