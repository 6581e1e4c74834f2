import { expect } from 'chai'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { freePort } from '../../../adapters/main/embedded/free-port.ts'
import { startNats } from '../../../adapters/main/embedded/nats-server.ts'
import { obtainNatsServer } from '../../../adapters/main/embedded/obtain-nats-server.ts'
import { startPostgres } from '../../../adapters/main/embedded/postgres.ts'
import { migrate } from '../../../adapters/outbound/postgres/migrate.ts'
import { openBroker, type Broker } from '../../support/broker.ts'
import { openFolder } from '../../support/embedded-servers.ts'
import { eventually } from '../../support/eventually.ts'
import { freshDatabase, type FreshDatabase } from '../../support/fresh-database.ts'
import { spawnService, startService, type ServiceProcess } from '../../support/service-process.ts'
import { runDaisi, spawnDaisi } from '../../support/start/run-daisi.ts'

const TEST_WITHIN_MS = 180_000
const WAIT_MS = 60_000
const TEN_MINUTES = 600

/** Whether the process is up and says that it is not ready. */
const isWaiting = async ({ adminUrl, isRunning }: ServiceProcess): Promise<boolean> =>
  isRunning() && (await fetch(`${adminUrl}/readyz`).catch(() => undefined))?.status === 503

/** Rows of bad inputs 8 in which the service waits, warns or completes instead of refusing. */
describe('a process that starts', function () {
  this.timeout(TEST_WITHIN_MS)
  const folder = openFolder()
  const undo: (() => Promise<unknown>)[] = []
  let broker: Broker
  let database: FreshDatabase

  before(async () => {
    broker = await openBroker()
    database = await freshDatabase()
    undo.push(broker.close, database.drop)
  })
  after(async () => {
    for (const step of undo.reverse()) await step()
    rmSync(folder, { recursive: true, force: true })
  })

  const connected = async (url: string): Promise<Client> => {
    const client = new Client({ connectionString: url })
    await client.connect()
    return client
  }

  it('waits for a schema that a killed migration left undone; the migration runs again and completes (C10, C22)', async () => {
    const [holder, eyes] = [await connected(database.url), await connected(database.url)]
    const count = async (what: string): Promise<number | null> => (await eyes.query(`select ${what}`)).rowCount
    const migrating = `from pg_stat_activity where datname = current_database() and application_name like 'daisi-migrate%'`
    await holder.query('begin; create schema daisi')
    const killed = spawnDaisi(['migrate'], { DATABASE_URL: database.url })
    await eventually('the migration is in the middle', async () => await count(`${migrating} and wait_event_type = 'Lock'`) === 1, WAIT_MS)
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    await holder.query('rollback')
    await eventually('its connections are gone', async () => await count(migrating) === 0, WAIT_MS)
    expect(await count(`from pg_namespace where nspname in ('daisi', 'read')`)).to.equal(0)
    await Promise.all([holder.end(), eyes.end()])

    const waiting = await spawnService('project', { DATABASE_URL: database.url })
    await eventually('the process waits', async () =>
      await isWaiting(waiting) && waiting.log().includes('waiting for PostgreSQL and its migrations'), WAIT_MS)
    const again = await runDaisi(['migrate'], { DATABASE_URL: database.url })
    expect(again.ending, again.stderr).to.equal(0)
    await waiting.untilReady()
    expect(await waiting.end('SIGTERM')).to.equal(0)
  })

  it('waits for servers that are down, whichever comes first (C17)', async () => {
    const [natsPort, postgresPort] = [await freePort(), await freePort()]
    const url = `postgres://owner@127.0.0.1:${postgresPort}/postgres`
    const waiting = await spawnService('ingest', { NATS_URL: `nats://127.0.0.1:${natsPort}`, DATABASE_URL: url })
    await eventually('it waits for PostgreSQL', async () => await isWaiting(waiting) && waiting.log().includes('ECONNREFUSED'), WAIT_MS)
    const postgres = await startPostgres({ dataDir: join(folder, 'late'), port: postgresPort, fast: true })
    undo.push(postgres.stop)
    await migrate(url)
    await eventually('it has found PostgreSQL', async () => {
      const { waitingFor } = await (await fetch(`${waiting.adminUrl}/readyz`)).json() as { readonly waitingFor: ReadonlyArray<string> }
      return !waitingFor.includes('database')
    }, WAIT_MS)
    expect(await isWaiting(waiting)).to.equal(true)
    const nats = await startNats(obtainNatsServer().path, { storeDir: join(folder, 'late-nats'), port: natsPort })
    undo.push(nats.stop)
    await waiting.untilReady()
    expect(await waiting.end('SIGTERM')).to.equal(0)
  })

  it('ends in order when it is asked to while it waits', async () => {
    const waiting = await spawnService('project', { DATABASE_URL: `postgres://owner@127.0.0.1:${await freePort()}/postgres` })
    await eventually('it waits for PostgreSQL', async () => await isWaiting(waiting) && waiting.log().includes('ECONNREFUSED'), WAIT_MS)
    expect(await waiting.end('SIGTERM')).to.equal(0)
  })

  it('warns of a clock that is far off and measures it, and runs (C16)', async () => {
    const off = `--import=data:text/javascript,const%20now=Date.now;Date.now=()=>now()+${TEN_MINUTES}e3`
    const running = await startService('ingest', { NATS_URL: broker.url, DATABASE_URL: database.url, NODE_OPTIONS: off })
    const offsets = async (): Promise<ReadonlyArray<number>> => [...(await (await fetch(`${running.adminUrl}/metrics`)).text())
      .matchAll(/daisi_clock_offset_seconds\{server="(?:postgresql|nats)"\} (\S+)/g)].map(([, seconds]) => Number(seconds))
    await eventually('both clocks are compared', async () => (await offsets()).length === 2, WAIT_MS)
    for (const seconds of await offsets()) expect(seconds).to.be.closeTo(-TEN_MINUTES, 60)
    expect(running.log().match(/our clock and a server's are far apart/g)).to.have.length(2)
    expect(await running.end('SIGTERM')).to.equal(0)
  })

  it('says that few files may be open, needs no folder for temporary files, and runs (C18)', async () => {
    const adminPort = String(await freePort())
    const env = { DATABASE_URL: database.url, TMPDIR: join(folder, 'none'), ADMIN_PORT: adminPort }
    const running = spawnDaisi(['start', 'project'], env, ['sh', '-c', 'ulimit -n 64 && exec "$@"', 'sh'])
    let log = ''
    running.stderr.on('data', (chunk: Buffer) => { log += chunk.toString() })
    await eventually('it is ready', async () => (await fetch(`http://127.0.0.1:${adminPort}/readyz`).catch(() => undefined))?.ok === true, WAIT_MS)
    expect(log).to.contain('few files and sockets may be open')
    running.kill('SIGTERM')
    expect(await once(running, 'exit')).to.deep.equal([0, null])
  })
})
