import { accessSync, constants } from 'node:fs'

/** The settings that say where the servers are and how they are spoken to. */
export interface Addresses {
  readonly production: boolean
  readonly natsUrl: string | undefined
  readonly natsCredsFile: string | undefined
  readonly natsTlsCaFile: string | undefined
  readonly natsMonitorUrl: string | undefined
  readonly databaseUrl: string | undefined
  readonly migrationDatabaseUrl: string | undefined
  readonly readDatabaseUrl: string | undefined
  readonly allowPlaintext: 'true' | 'false'
}

type Named = readonly [name: string, url: string]

const named = (pairs: Readonly<Record<string, string | undefined>>): ReadonlyArray<Named> =>
  Object.entries(pairs).filter((pair): pair is [string, string] => pair[1] !== undefined)

const databases = ({ databaseUrl, migrationDatabaseUrl, readDatabaseUrl }: Addresses): ReadonlyArray<Named> =>
  named({ DATABASE_URL: databaseUrl, MIGRATION_DATABASE_URL: migrationDatabaseUrl, READ_DATABASE_URL: readDatabaseUrl })

const DATABASE = /^postgres(ql)?:\/\//
const NATS = /^((nats|tls):\/\/)?[^/\s]+\/?$/

const isReadable = (path: string): boolean => {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}

/** Files that a database's URL names, as libpq does. */
const FILES = ['sslrootcert', 'sslcert', 'sslkey'] as const

const databaseProblems = ([name, url]: Named): ReadonlyArray<string> => {
  if (!DATABASE.test(url) || !URL.canParse(url)) return [`${name} must be a postgres:// address`]
  const { searchParams } = new URL(url)
  return FILES.filter((file) => searchParams.has(file) && !isReadable(searchParams.get(file) ?? ''))
    .map((file) => `${name}: the file of its ${file} cannot be read`)
}

const malformed = (addresses: Addresses): ReadonlyArray<string> => [
  ...((addresses.natsUrl ?? 'nats').split(',').every((server) => NATS.test(server.trim())) ? [] : ['NATS_URL must be a list of nats:// or tls:// addresses']),
  ...(/^https?:\/\//.test(addresses.natsMonitorUrl ?? 'http://') ? [] : ['NATS_MONITOR_URL must be an http:// address']),
  ...databases(addresses).flatMap(databaseProblems),
  ...named({ NATS_CREDS_FILE: addresses.natsCredsFile, NATS_TLS_CA_FILE: addresses.natsTlsCaFile })
    .filter(([, path]) => !isReadable(path)).map(([name]) => `${name} cannot be read`),
]

/** Whether a server that offers no TLS is refused: node-postgres speaks plainly without `sslmode`. */
const isEncrypted = (url: string): boolean => {
  const { searchParams } = new URL(url)
  return !['disable', null].includes(searchParams.get('sslmode')) || searchParams.get('ssl') === 'true'
}

const plaintext = (addresses: Addresses): ReadonlyArray<string> => {
  const { natsUrl = 'tls://', natsTlsCaFile } = addresses
  const natsIsEncrypted = natsTlsCaFile !== undefined || natsUrl.split(',').every((server) => /^tls:/.test(server.trim()))
  return [
    ...(natsIsEncrypted ? [] : ['NATS_URL must be tls://, or NATS_TLS_CA_FILE set, when NODE_ENV is production (or DAISI_ALLOW_PLAINTEXT=true)']),
    ...databases(addresses).filter(([, url]) => !isEncrypted(url))
      .map(([name]) => `${name} must have an sslmode, and not disable, when NODE_ENV is production (or DAISI_ALLOW_PLAINTEXT=true)`),
  ]
}

/** What is wrong with the addresses, one line each, never with an address in it (bad inputs C12). */
export const addressProblems = (addresses: Addresses): ReadonlyArray<string> => {
  const wrong = malformed(addresses)
  return wrong.length > 0 || !addresses.production || addresses.allowPlaintext === 'true' ? wrong : plaintext(addresses)
}
