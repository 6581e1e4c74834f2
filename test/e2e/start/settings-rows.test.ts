import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PRODUCTION } from '../../support/start/production.ts'
import { itRefuses } from '../../support/start/start-row.ts'

const SERVERS = { NATS_URL: 'nats://nats.invalid', DATABASE_URL: 'postgres://daisi:s3cret-of-the-database@db.invalid/daisi' }
const KEY = 'Zt3xW8uE5rT7pL4aNb6Yk0c0f1YvQ2m9'

const SERVE = ['start', 'serve']

/** In the order of the settings' table. */
const NOT_NUMBERS = { DAISI_DATABASE_POOL: '1O0', HTTP_PORT: '-1', BATCH_MAX_ITEMS: '1e9', BATCHES_IN_FLIGHT: '',
  DAISI_ACK_WAIT_SECONDS: '5min', DAISI_POLL_MS: '10001' }

/** Rows of bad inputs 8 that can be told from the settings alone: no server is spoken to. */
describe('settings that the service does not start with', () => {
  const folder = mkdtempSync(join(tmpdir(), 'daisi-settings-'))
  const file = (name: string, text: string, mode: number): string => {
    writeFileSync(join(folder, name), text)
    chmodSync(join(folder, name), mode)
    return join(folder, name)
  }
  after(() => { rmSync(folder, { recursive: true, force: true }) })

  itRefuses([
    { row: 'C1', what: 'one process without its servers', env: () => ({}),
      says: [/^NATS_URL is required for one process alone$/, /^DATABASE_URL is required for one process alone$/] },
    { row: 'C1', what: 'production without what it requires, naming all of it', env: () => ({ ...PRODUCTION, NATS_URL: '',
      DATABASE_URL: '' }),
      says: [/^NATS_URL is required/, /^DATABASE_URL is required/] },
    { row: 'C1', what: 'production without keys', args: SERVE,
      env: () => ({ ...PRODUCTION, JWT_JWKS_URL: '', CURSOR_SECRET: '' }),
      says: [/^JWT_JWKS_URL is required/, /^CURSOR_SECRET is required/] },
    { row: 'C2', what: 'a misspelt setting, naming the nearest', env: () => ({ ...SERVERS, DAISI_POL_MS: '200' }),
      says: [/^DAISI_POL_MS is not a setting; did you mean DAISI_POLL_MS\?$/] },
    { row: 'C3', what: 'numbers with a letter, a sign, an exponent, no digit, a unit, or out of range',
      env: () => ({ ...SERVERS, ...NOT_NUMBERS }),
      says: Object.keys(NOT_NUMBERS).map((name) => new RegExp(`^${name} must be a whole number from \\d+ to \\d+$`)) },
    { row: 'C11', what: 'a short key', args: SERVE,
      env: () => ({ ...SERVERS, JWT_KEY: 'changeme' }), says: [/^JWT_KEY must have at least 32 bytes$/] },
    { row: 'C11', what: 'a key that is a placeholder', args: SERVE,
      env: () => ({ ...SERVERS, JWT_KEY: 'ChangeMe-ChangeMe-ChangeMe-ChangeMe' }),
      says: [/^JWT_KEY is a placeholder/] },
    { row: 'C11', what: 'a key file that everybody may read', args: SERVE,
      env: () => ({ ...SERVERS, JWT_KEY_FILE: file('open', KEY, 0o644) }),
      says: [/^JWT_KEY_FILE may be read by everybody/] },
    { row: 'C11', what: 'a key file that is not there', args: SERVE,
      env: () => ({ ...SERVERS, CURSOR_SECRET_FILE: join(folder, 'none') }),
      says: [/^CURSOR_SECRET_FILE cannot be read$/] },
    { row: 'C11', what: 'a shared key in production', args: SERVE,
      env: () => ({ ...PRODUCTION, JWT_KEY_FILE: file('closed', KEY, 0o600) }),
      says: [/^JWT_KEY must not be used when NODE_ENV is production/] },
    { row: 'C12', what: 'production without TLS to NATS', env: () => ({ ...PRODUCTION, NATS_URL: 'tls://a.invalid,nats://b.invalid' }),
      says: [/^NATS_URL must be tls:\/\//] },
    { row: 'C12', what: 'production without TLS to PostgreSQL', args: SERVE,
      env: () => ({ ...PRODUCTION, DATABASE_URL: SERVERS.DATABASE_URL,
      READ_DATABASE_URL: 'postgres://daisi:s3cret-of-the-other@db.invalid/daisi?sslmode=disable' }),
    says: [/^DATABASE_URL must have an sslmode/, /^READ_DATABASE_URL must have an sslmode/] },
    { row: 'C12', what: 'a CA file that cannot be read', env: () => ({ ...SERVERS, NATS_TLS_CA_FILE: join(folder, 'none'),
      DATABASE_URL: `${SERVERS.DATABASE_URL}?sslmode=verify-full&sslrootcert=${join(folder, 'none')}` }),
    says: [/^DATABASE_URL: the file of its sslrootcert cannot be read$/, /^NATS_TLS_CA_FILE cannot be read$/] },
    { row: 'C12', what: 'addresses that are none, without quoting them', env: () => ({ NATS_URL: 'http://a user@nats',
      DATABASE_URL: 's3cret@db' }),
      says: [/^NATS_URL must be/, /^DATABASE_URL must be a postgres:\/\/ address$/] },
    { row: 'C15', what: 'a list with an entry that is no company', env: () => ({ ...SERVERS, COMPANY_IDS: 'acme,a company' }),
      says: [/^COMPANY_IDS entry 2 is not valid$/] },
    { row: 'C21', what: 'a log level that is none', env: () => ({ ...SERVERS, LOG_LEVEL: 'inof' }),
      says: [/^LOG_LEVEL must be one of error, warn, info, debug$/] },
  ])
})
