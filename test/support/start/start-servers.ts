import { jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Client } from 'pg'
import { startNats, type EmbeddedNats } from '../../../adapters/main/embedded/nats-server.ts'
import { obtainNatsServer } from '../../../adapters/main/embedded/obtain-nats-server.ts'
import { startPostgres } from '../../../adapters/main/embedded/postgres.ts'
import { migrate } from '../../../adapters/outbound/postgres/migrate.ts'
import { openFolder } from '../embedded-servers.ts'
import { oldNats } from './old-nats.ts'

const PASSWORD = 's3cret-of-the-database'

/** Logins of the careful server, each with what its name says; the roles of the service are granted as an operator would. */
const LOGINS = [
  `create role app login password '${PASSWORD}'`, `create role roleless login password '${PASSWORD}'`,
  `create role owning login password '${PASSWORD}'`, `create role bypassing login bypassrls password '${PASSWORD}'`,
  `create role hasty login password '${PASSWORD}'`, `alter role hasty set synchronous_commit = off`,
  ...['app', 'owning', 'bypassing', 'hasty'].map((login) => `grant daisi_writer, daisi_projector, daisi_reader, daisi_ops to ${login} with inherit false, set true`),
  `grant daisi_owner to owning with inherit false, set true`,
  // a server says its version through a function, and whoever comes first in the search path is asked
  `create role dated login password '${PASSWORD}'`, 'create schema of_old',
  `create function of_old.current_setting(text) returns text language sql as $$select '160009'$$`,
  'grant usage on schema of_old to dated', 'alter role dated set search_path = of_old, pg_catalog',
]

const run = async (url: string, ...statements: ReadonlyArray<string>): Promise<void> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

const madeOtherwise = async ({ url }: EmbeddedNats): Promise<void> => {
  const connection = await connect({ servers: url })
  const jsm = await jetstreamManager(connection)
  await jsm.streams.add({ name: 'wa_events_stream', subjects: ['v1.messages.*.*'], retention: RetentionPolicy.Interest })
  await jsm.streams.add({ name: 'wa_history_events_stream', subjects: ['v1.history.*.*'], storage: StorageType.Memory })
  await connection.close()
}

/** Servers fit for production, and servers that are not, each for a reason of its own. */
export const startServers = async () => {
  const folder = openFolder()
  const nats = obtainNatsServer().path
  const [careful, careless, always, lazy, otherwise, old] = await Promise.all([
    startPostgres({ dataDir: join(folder, 'careful') }),
    startPostgres({ dataDir: join(folder, 'careless'), settings: { fsync: 'off', full_page_writes: 'off' } }),
    startNats(nats, { storeDir: join(folder, 'always'), syncInterval: 'always' }), startNats(nats, { storeDir: join(folder, 'lazy') }),
    startNats(nats, { storeDir: join(folder, 'otherwise'), syncInterval: 'always' }), oldNats(),
  ])
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const database = (name: string, login?: string): string => {
    const url = new URL(careful.url)
    Object.assign(url, { pathname: `/${name}`, ...(login === undefined ? {} : { username: login, password: PASSWORD }) })
    return url.href
  }
  await run(careful.url, 'create database newer', 'create database newest')
  for (const name of ['postgres', 'newer', 'newest']) await migrate(database(name))
  await run(careful.url, ...LOGINS)
  for (const name of ['newer', 'newest']) await run(database(name), `insert into daisi_migrations (name) values ('99991231T000000-later')`)
  await run(database('newest'), `insert into daisi_migrations (name) values ('99991231T000001-much-later')`)
  await madeOtherwise(otherwise)
  return {
    database, careless: careless.url, always, lazy, otherwise, old: old.url, takenPort: String((taken.address() as AddressInfo).port),
    stop: async (): Promise<void> => {
      taken.close()
      old.close()
      await Promise.all([careful, careless, always, lazy, otherwise].map((server) => server.stop()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type StartServers = Awaited<ReturnType<typeof startServers>>
