import { expect } from 'chai'
import { startService, type Environment } from '../../support/service-process.ts'
import { PRODUCTION } from '../../support/start/production.ts'
import { startServers, type StartServers } from '../../support/start/start-servers.ts'
import { itRefuses } from '../../support/start/start-row.ts'

const START_WITHIN_MS = 180_000

/** Rows of bad inputs 8 that are told by looking at the servers, with real ones. */
describe('servers that the service does not start with', () => {
  let servers: StartServers
  before(async function () {
    this.timeout(START_WITHIN_MS)
    servers = await startServers()
  })
  after(async function () {
    this.timeout(START_WITHIN_MS)
    await servers.stop()
  })

  /** Fit for production, but for what `change` says. */
  const production = (change: Environment = {}): Environment => ({
    ...PRODUCTION, DAISI_ALLOW_PLAINTEXT: 'true', NATS_URL: servers.always.url, NATS_MONITOR_URL: servers.always.monitorUrl,
    DATABASE_URL: servers.database('postgres', 'app'), ...change,
  })
  const development = (change: Environment = {}): Environment =>
    ({ NATS_URL: servers.always.url, DATABASE_URL: servers.database('postgres'), ...change })

  itRefuses([
    { row: 'C5', what: 'a broker in production that acknowledges before it writes',
      env: () => production({ NATS_URL: servers.lazy.url, NATS_MONITOR_URL: servers.lazy.monitorUrl }),
      says: [/^nats-server has no sync_interval: always/] },
    { row: 'C6', what: 'streams that lose what nobody asked for yet, or what a restart empties',
      env: () => development({ NATS_URL: servers.otherwise.url }),
      says: [/^stream wa_events_stream has interest retention/, /^stream wa_history_events_stream is kept in memory/] },
    { row: 'C7', what: 'a nats-server that is too old', env: () => development({ NATS_URL: servers.old }),
      says: [/^nats-server is older than 2\.10$/] },
    { row: 'C7', what: 'a PostgreSQL that is too old', env: () => development({ DATABASE_URL: servers.database('postgres', 'dated') }),
      says: [/^PostgreSQL is older than 17$/] },
    { row: 'C8', what: 'a superuser in production', args: ['start', 'project'],
      env: () => production({ DATABASE_URL: servers.database('postgres') }),
      says: [/superuser/, /BYPASSRLS/] },
    { row: 'C8', what: 'a login with BYPASSRLS in production', args: ['start', 'serve'],
      env: () => production({ DATABASE_URL: servers.database('postgres', 'bypassing') }), says: [/BYPASSRLS/] },
    { row: 'C8', what: 'a login that may become the owner', env: () => production({ DATABASE_URL: servers.database('postgres', 'owning') }),
      says: [/may become daisi_owner/] },
    { row: 'C8', what: 'a login that was granted nothing',
      env: () => development({ DATABASE_URL: servers.database('postgres', 'roleless') }),
      says: [/may not become daisi_writer/, /may not become daisi_projector/] },
    { row: 'C9', what: 'a PostgreSQL in production that does not force to disk', env: () => production({ DATABASE_URL: servers.careless }),
      says: [/^PostgreSQL has fsync off/, /^PostgreSQL has full_page_writes off/] },
    { row: 'C9', what: 'a login in production that commits before it is on disk', args: ['start', 'project'],
      env: () => production({ DATABASE_URL: servers.database('postgres', 'hasty') }), says: [/^PostgreSQL has synchronous_commit off/] },
    { row: 'C10', what: 'a schema that is two migrations newer', args: ['start', 'serve'],
      env: () => development({ DATABASE_URL: servers.database('newest') }),
      says: [/^the schema is 2 migrations newer than this release/] },
    { row: 'C18', what: 'a data folder where nothing can be written', args: ['start', 'serve'],
      env: () => development({ DAISI_DATA_DIR: '/sys/daisi' }),
      says: [/^cannot start: .*\/sys\/daisi/] },
    { row: 'C18', what: 'embedded servers where nothing can be written', args: ['start'], env: () => ({ DAISI_DATA_DIR: '/sys/daisi' }),
      says: [/^cannot start: .*\/sys\/daisi/] },
    { row: 'C19', what: 'an admin port that is taken', args: ['start', 'project'],
      env: () => development({ ADMIN_PORT: servers.takenPort }),
      says: [/^cannot start: listen EADDRINUSE.*127\.0\.0\.1/] },
    { row: 'C19', what: 'a port of the API that is taken', args: ['start', 'serve'],
      env: () => development({ HTTP_PORT: servers.takenPort, JWT_KEY: 'Zt3xW8uE5rT7pL4aNb6Yk0c0f1YvQ2m9',
      CURSOR_SECRET: 'Zt3xW8uE5rT7pL4aNb6Yk0c0f1YvQ2m9' }),
      says: [/^cannot start: listen EADDRINUSE.*127\.0\.0\.1/] },
    { row: 'C19', what: 'an address that is not ours', env: () => development({ DAISI_HOST: '203.0.113.1' }),
      says: [/^cannot start: listen EADDRNOTAVAIL/] },
  ])

  /** Settings with addresses and secrets that each role does without. */
  const NOT_ITS_OWN = { ingest: { JWT_JWKS_URL: '', CURSOR_SECRET: '' }, serve: { NATS_URL: '' },
    project: { NATS_URL: '', JWT_JWKS_URL: '', CURSOR_SECRET: '' } }
  for (const role of ['ingest', 'project', 'serve'] as const)
    it(`lets ${role} start in production with a login that has its roles, its own settings and nothing else, without a warning`, async () => {
      const started = await startService(role, production(NOT_ITS_OWN[role]))
      expect(await started.end('SIGTERM')).to.equal(0)
      expect(started.log()).not.to.match(/"level":"(warn|error)"/)
    }).timeout(START_WITHIN_MS)

  it('only warns, outside production, of what a power cut would lose (C5, C9), and of a schema that is one migration newer (C10)',
      async () => {
    const started = await startService('ingest', development({ NATS_URL: servers.lazy.url, NATS_MONITOR_URL: servers.lazy.monitorUrl,
      DATABASE_URL: servers.database('newer', 'hasty') }))
    expect(await started.end('SIGTERM')).to.equal(0)
    expect(started.log()).to.match(/nats-server has no sync_interval/).and.match(/PostgreSQL has synchronous_commit off/)
      .and.match(/one migration newer/)
  }).timeout(START_WITHIN_MS)
})
