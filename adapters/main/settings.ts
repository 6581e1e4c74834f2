import { readFileSync, statSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { addressProblems } from './address-problems.ts'
import type { Setting, Surroundings } from './setting.ts'
import { settingsTable } from './settings-table.ts'
import { natsLoginProblems } from './nats-login.ts'
import { nearest } from './nearest.ts'
import { USES, type Use } from './uses.ts'

type Table = typeof settingsTable
type Values = { readonly [K in keyof Table]: Table[K] extends Setting<infer T> ? T : never }
export type Settings = Values & Surroundings

export type Environment = Readonly<Record<string, string | undefined>>

/** sysexits.h EX_CONFIG: what a process that cannot start with its settings exits with (design 3). */
export const EXIT_CONFIGURATION = 78

const LEAST_SECRET_BYTES = 32
const OWN_PREFIX = 'DAISI_'

const table: ReadonlyArray<Setting<unknown>> = Object.values(settingsTable)

const fileVariant = ({ name, secret }: Setting<unknown>): string | undefined => (secret ? `${name}_FILE` : undefined)

/** Of those who are neither the file's owner nor in its group. */
const OTHERS = 0o007

const secretFrom = (variant: string, path: string): E.Either<string, string> => {
  try {
    if ((statSync(path).mode & OTHERS) !== 0) return E.left(`${variant} may be read by everybody on this machine: chmod o= it`)
    return E.right(readFileSync(path, 'utf8').trim())
  } catch {
    return E.left(`${variant} cannot be read`)
  }
}

/** An empty variable counts as absent: that is how shells and compose files unset one. A number cannot be empty (bad inputs C3). */
const given = (setting: Setting<unknown>, env: Environment): E.Either<string, string | undefined> => {
  const direct = env[setting.name]
  if (direct !== undefined && (direct !== '' || setting.isNumber)) return E.right(direct)
  const variant = fileVariant(setting)
  const path = variant === undefined ? undefined : env[variant]
  return variant === undefined || path === undefined || path === '' ? E.right(undefined) : secretFrom(variant, path)
}

const read = (setting: Setting<unknown>, env: Environment, around: Surroundings): E.Either<string, unknown> => {
  const value = given(setting, env)
  if (E.isLeft(value)) return value
  return E.mapLeft((allowed: string) => `${setting.name} ${allowed}`)(setting.parse(value.right, around))
}

const unknownNames = (env: Environment): ReadonlyArray<string> => {
  const known = table.flatMap((setting) => [setting.name, fileVariant(setting) ?? setting.name])
  return Object.keys(env).filter((name) => name.startsWith(OWN_PREFIX) && !known.includes(name))
    .map((name) => `${name} is not a setting; did you mean ${nearest(name, known)}?`)
}

const tooShort = (secret: string | undefined): boolean => secret !== undefined && Buffer.byteLength(secret) < LEAST_SECRET_BYTES

/** What examples write where a secret belongs. */
const PLACEHOLDER = /change[-_ ]?(me|this|it)|replace[-_ ]?(me|this)/i

const secretProblem = (name: string, secret: string | undefined): ReadonlyArray<string> => {
  if (tooShort(secret)) return [`${name} must have at least ${LEAST_SECRET_BYTES} bytes`]
  return PLACEHOLDER.test(secret ?? '') ? [`${name} is a placeholder: generate one, for example with openssl rand -base64 32`] : []
}

/** Rules between settings (bad inputs C11; design 3). */
const secretProblems = ({ jwtKey, cursorSecret }: Settings): ReadonlyArray<string> =>
  [...secretProblem('JWT_KEY', jwtKey), ...secretProblem('CURSOR_SECRET', cursorSecret)]

const tlsProblems = ({ apiTlsCertificate, apiTlsKey, apiTlsClientCa }: Settings): ReadonlyArray<string> => [
  ...((apiTlsCertificate === undefined) === (apiTlsKey === undefined) ? []
    : ['DAISI_API_TLS_CERT_FILE and DAISI_API_TLS_KEY_FILE go together']),
  ...(apiTlsClientCa === undefined || apiTlsCertificate !== undefined ? []
    : ['DAISI_API_TLS_CLIENT_CA_FILE needs DAISI_API_TLS_CERT_FILE']),
]

const apiProblems = ({ jwtKey, jwtJwksUrl, cursorSecret }: Settings): ReadonlyArray<string> => [
  ...(jwtKey === undefined ? [] : ['JWT_KEY must not be used when NODE_ENV is production; give JWT_JWKS_URL']),
  ...(jwtJwksUrl === undefined ? ['JWT_JWKS_URL is required when NODE_ENV is production'] : []),
  ...(cursorSecret === undefined ? ['CURSOR_SECRET is required when NODE_ENV is production'] : []),
]

const productionProblems = (settings: Settings, uses: ReadonlyArray<Use>): ReadonlyArray<string> => [
  ...(settings.authMode === 'header' ? ['AUTH_MODE must not be header when NODE_ENV is production'] : []),
  ...(uses.includes('api') ? apiProblems(settings) : []),
]

const contradictions = (settings: Settings, uses: ReadonlyArray<Use>): ReadonlyArray<string> =>
  [...secretProblems(settings), ...addressProblems(settings), ...natsLoginProblems(settings), ...tlsProblems(settings),
    ...(settings.production ? productionProblems(settings, uses) : [])]

/** As if it were not set, and needed nowhere. */
const unread = ({ parse }: Setting<unknown>): E.Either<string, unknown> => parse(undefined, { production: false })

/**
 * All problems together, one line each, never a value; nothing is started with one of them left. A setting of none of the `uses` is not
 * looked at, nor its file: it has its value of a development without it.
 */
export const readSettings = (env: Environment, uses: ReadonlyArray<Use> = USES): E.Either<ReadonlyArray<string>, Settings> => {
  const around = { production: env['NODE_ENV'] === 'production' }
  const problems = [...unknownNames(env)]
  const values: Record<string, unknown> = { ...around }
  for (const [key, setting] of Object.entries<Setting<unknown>>(settingsTable)) {
    const value = setting.use === undefined || uses.includes(setting.use) ? read(setting, env, around) : unread(setting)
    if (E.isLeft(value)) problems.push(value.left)
    else values[key] = value.right
  }
  if (problems.length > 0) return E.left(problems)
  const settings = values as unknown as Settings
  const wrong = contradictions(settings, uses)
  return wrong.length > 0 ? E.left(wrong) : E.right(settings)
}
