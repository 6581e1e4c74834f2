import * as E from 'fp-ts/lib/Either.js'
import { parseCompanyId } from '../../domain/company.ts'
import { embeddedUnlessProduction, list, oneOf, optionalText, text, wholeNumber } from './setting.ts'

const MEBIBYTE = 1_048_576
const SECONDS_PER_DAY = 86_400

const parseSeconds = (part: string): E.Either<string, number> => {
  const seconds = /^\d{1,5}$/.test(part) ? Number(part) : Number.NaN
  return seconds >= 1 && seconds <= SECONDS_PER_DAY ? E.right(seconds) : E.left('invalid_seconds')
}

/** Every setting of the service; the README's table is generated from it (design 3). */
export const settingsTable = {
  natsUrl: embeddedUnlessProduction({ name: 'NATS_URL', meaning: 'NATS servers, comma separated' }),
  natsCredsFile: optionalText({ name: 'NATS_CREDS_FILE', meaning: 'credentials file for NATS' }),
  natsNkeySeed: optionalText({ name: 'NATS_NKEY_SEED', secret: true, meaning: 'seed of our nkey for NATS (`SU…`)' }),
  natsUser: optionalText({ name: 'NATS_USER', meaning: 'user name for NATS' }),
  natsPassword: optionalText({ name: 'NATS_PASSWORD', secret: true, meaning: 'password for NATS' }),
  natsInboxPrefix: text({ name: 'DAISI_NATS_INBOX_PREFIX',
    meaning: 'where NATS answers us; with `ops/nats/nats-server.conf` `_INBOX.worker` or `_INBOX.provisioner`' }, '_INBOX'),
  natsTlsCaFile: optionalText({ name: 'NATS_TLS_CA_FILE', meaning: 'CA file; turns TLS on, as `tls://` in `NATS_URL` does' }),
  databaseUrl: embeddedUnlessProduction({ name: 'DATABASE_URL', secret: true,
    meaning: 'PostgreSQL login that may `set role` to the runtime roles' }),
  migrationDatabaseUrl: optionalText({ name: 'MIGRATION_DATABASE_URL', secret: true,
    meaning: 'login that may become the owner of the schema; used by `migrate` only; `DATABASE_URL` if not set' }),
  readDatabaseUrl: optionalText({ name: 'READ_DATABASE_URL', secret: true,
    meaning: 'where the read models live, if elsewhere; `DATABASE_URL` if not set' }),
  listenDatabaseUrl: optionalText({ name: 'DAISI_LISTEN_DATABASE_URL', secret: true,
    meaning: 'straight to PostgreSQL, for wake-ups (LISTEN) where `DATABASE_URL` is a transaction pooler; `DATABASE_URL` if not set' }),
  databasePool: wholeNumber({ name: 'DAISI_DATABASE_POOL', meaning: 'most connections of a process to PostgreSQL' }, 6, [2, 200]),
  dataDir: text({ name: 'DAISI_DATA_DIR', meaning: 'data of the embedded servers' }, '.daisi'),
  host: text({ name: 'DAISI_HOST', meaning: 'address the HTTP ports listen on' }, '127.0.0.1'),
  httpPort: wholeNumber({ name: 'HTTP_PORT', meaning: '`/graphql`' }, 8080, [0, 65_535]),
  adminPort: wholeNumber({ name: 'ADMIN_PORT',
    meaning: '`/livez`, `/readyz`, `/metrics` (`npm start`: ingest; project and serve take the next two)' }, 9464, [0, 65_533]),
  companyIds: list({ name: 'COMPANY_IDS', meaning: 'comma list; empty = every valid company that appears' }, parseCompanyId),
  authMode: oneOf({ name: 'AUTH_MODE', meaning: 'how a query\'s company is known; `header` (x-company-id) refuses production' },
    'jwt', ['jwt', 'header']),
  jwtKey: optionalText({ name: 'JWT_KEY', secret: true, meaning: 'shared key (HS256), at least 32 bytes; not in production' },
    'generated in development'),
  jwtJwksUrl: optionalText({ name: 'JWT_JWKS_URL', meaning: 'address of the JWKS; required in production' }),
  jwtIssuer: text({ name: 'JWT_ISSUER', meaning: 'required claim `iss`' }, 'daisi'),
  jwtAudience: text({ name: 'JWT_AUDIENCE', meaning: 'required claim `aud`' }, 'daisi-wa-events'),
  cursorSecret: optionalText({ name: 'CURSOR_SECRET', secret: true, meaning: 'signs page cursors; at least 32 bytes' },
    'generated in development'),
  logLevel: oneOf({ name: 'LOG_LEVEL', meaning: 'least severe level that is logged' }, 'info', ['error', 'warn', 'info', 'debug']),
  batchMaxItems: wholeNumber({ name: 'BATCH_MAX_ITEMS',
    meaning: 'most items of a batch; items of histories count each' }, 1_000, [1, 10_000]),
  batchMaxBytes: wholeNumber({ name: 'BATCH_MAX_BYTES', meaning: 'most bytes of a batch' }, 8 * MEBIBYTE, [1_024, 64 * MEBIBYTE]),
  batchesInFlight: wholeNumber({ name: 'BATCHES_IN_FLIGHT', meaning: 'batches worked on side by side' }, 2, [1, 32]),
  historyBatchMode: oneOf({ name: 'HISTORY_BATCH_MODE', meaning: 'what an invalid item of a history does to the others' },
    'accept_valid', ['accept_valid', 'all_or_nothing']),
  ackWaitSeconds: wholeNumber({ name: 'DAISI_ACK_WAIT_SECONDS',
    meaning: 'events that a process held when it died are delivered again after this; at least four times the slowest batch' },
  60, [2, 600]),
  syncDelaySeconds: wholeNumber({ name: 'DAISI_SYNC_DELAY_SECONDS',
    meaning: 'from the last batch of a history import until the contacts of its agent are looked through for first messages' },
  900, [0, 86_400]),
  retrySeconds: list({ name: 'DAISI_RETRY_SECONDS',
    meaning: 'waits before the retries of a dead letter, each a fifth more or less; after the last it is exhausted' }, parseSeconds,
  '60,120,240,480,900'),
  watchdogSeconds: wholeNumber({ name: 'DAISI_WATCHDOG_SECONDS',
    meaning: 'a process whose event loop has stood still for this long is ended, to be started again' }, 60, [2, 3_600]),
  pollMs: wholeNumber({ name: 'DAISI_POLL_MS',
    meaning: 'longest wait of a follower of the log, should its wake-up be lost' }, 200, [10, 10_000]),
  projectionPage: wholeNumber({ name: 'DAISI_PROJECTION_PAGE', meaning: 'most facts of one projection step' }, 2_000, [1, 20_000]),
} as const
