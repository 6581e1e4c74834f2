import { bad, warn, type Area, type Finding } from './check.ts'

const NAMES: Readonly<Record<Area, string>> = { nats: 'NATS', postgresql: 'PostgreSQL', service: 'the process' }
const REMEDIES: Readonly<Record<Area, string>> = {
  nats: 'see that nats-server runs and that NATS_URL and its credentials are right',
  postgresql: 'see that PostgreSQL runs and that DATABASE_URL is right',
  service: 'start it, or name its admin address with --admin',
}

/** Nothing says where the server is. */
export const noAddress = (): Error => Object.assign(new Error('no address'), { code: 'NO_ADDRESS' })

/** SQLSTATEs, and names of the broker client's errors, that say more than "does not answer". */
const KNOWN: Readonly<Record<string, Finding>> = {
  NO_ADDRESS: bad('no address is set, and no embedded server runs here',
    'start the service (`npm start`), or set NATS_URL and DATABASE_URL'),
  '28P01': bad('PostgreSQL refuses the login or its password', 'correct DATABASE_URL'),
  '28000': bad('PostgreSQL refuses the login', 'see DATABASE_URL and pg_hba.conf'),
  '3D000': bad('the database that DATABASE_URL names does not exist', 'create it, then run `daisi migrate`'),
  '42501': warn('cannot be read: this login may not look there',
    'run doctor with a login that may become daisi_writer, daisi_projector and daisi_ops'),
  '42P01': bad('a table is missing', 'run `daisi migrate`'),
  '3F000': bad('a schema is missing', 'run `daisi migrate`'),
  '53300': bad('PostgreSQL has no connection left', 'raise max_connections, or lower DAISI_DATABASE_POOL'),
  AuthorizationError: bad('NATS refuses the credentials', 'correct NATS_CREDS_FILE or NATS_URL'),
  UserAuthenticationExpiredError: bad('the credentials for NATS have expired', 'renew NATS_CREDS_FILE'),
  PermissionViolationError: warn('cannot be read: these credentials may not look there',
    'run doctor with credentials that may read stream and consumer info'),
  10039: bad('this account may not use JetStream', 'switch it on for the account in nats-server'),
  JetStreamNotEnabled: bad('JetStream is off: nothing can be stored',
    'switch it on: `jetstream {}` in the configuration of nats-server'),
}

/** Of the error, or of the one that it wraps: `fetch` and the broker's client tell the reason there. */
const wordOf = (cause: unknown, name: 'code' | 'name'): string => {
  if (!(cause instanceof Error)) return ''
  const value: unknown = Reflect.get(cause, name)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : wordOf(cause.cause, name)
}

/** What a look that failed means. Never a message of a driver's, which may quote data, and never a stack. */
export const faultOf = (area: Area, cause: unknown): Finding => {
  const code = wordOf(cause, 'code')
  return KNOWN[code] ?? KNOWN[wordOf(cause, 'name')]
    ?? bad(`${NAMES[area]} does not answer${code === '' ? '' : ` (${code})`}`, REMEDIES[area])
}
