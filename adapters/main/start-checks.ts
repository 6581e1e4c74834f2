import * as E from 'fp-ts/lib/Either.js'
import type { Container } from 'inversify'
import type { MikroORM } from '@mikro-orm/postgresql'
import { isForeign } from '../outbound/postgres/restored/log-epoch.ts'
import { runtimeRoleProblems, type RuntimeRole } from '../outbound/postgres/runtime-role.ts'
import { schemaState } from '../outbound/postgres/schema-state.ts'
import { serverFacts, type ServerFacts } from '../outbound/postgres/server-facts.ts'
import type { Logger } from '../outbound/telemetry/logger.ts'
import { refuseIfAny } from './refusal.ts'
import { token } from './tokens.ts'
import { untilHolds } from './waiting.ts'

/** A database role that statements run under, and the connection they go through. */
export interface Login { readonly through: 'orm' | 'readOrm'; readonly role: RuntimeRole }

/** The oldest release that is still tested against: builtin locale provider, `inherit false` of memberships. */
const VERSION_FLOOR = 170_000
/** A release runs on the schema of its successor, so that both can be exchanged one after the other (bad inputs C10). */
const MOST_UNKNOWN_MIGRATIONS = 1

interface Checked { readonly orm: MikroORM; readonly roles: ReadonlyArray<RuntimeRole> }

const refuseServer = ({ version, careless }: ServerFacts, production: boolean, logger: Logger): void => {
  refuseIfAny(version < VERSION_FLOOR ? [`PostgreSQL is older than ${Math.floor(VERSION_FLOOR / 10_000)}`] : [])
  const problems = careless.map((name) => `PostgreSQL has ${name} off: a power cut loses what was committed`)
  if (production) refuseIfAny(problems)
  else for (const problem of problems) logger.warn(problem)
}

/** Waits until the server answers and was migrated once, for only then the roles exist that logins may become. */
const awaitServer = async ({ orm, roles }: Checked, production: boolean, logger: Logger): Promise<void> => {
  let seen = false
  await untilHolds('PostgreSQL and its migrations (`daisi migrate`)', async () => {
    const facts = await serverFacts(orm, roles)
    if (!seen) refuseServer(facts, production, logger)
    seen = true
    return facts.roles.length === new Set(roles).size
  }, logger)
}

/** A login that row-level security does not bind would see every company (bad inputs C8). */
const loginProblems = async ({ orm, roles }: Checked, production: boolean, logger: Logger): Promise<ReadonlyArray<string>> => {
  const problems = new Set<string>()
  for (const role of roles)
    await untilHolds('PostgreSQL', async () => {
      const found = await runtimeRoleProblems(orm, role, production)()
      if (E.isRight(found)) for (const problem of found.right) problems.add(problem)
      return E.isRight(found)
    }, logger)
  return [...problems]
}

const awaitSchema = async ({ orm, roles: [role = 'daisi_reader'] }: Checked, logger: Logger): Promise<void> => {
  await untilHolds('PostgreSQL and its migrations (`daisi migrate`)', async () => {
    const { missing, unknown } = await schemaState(orm, role)
    refuseIfAny(unknown > MOST_UNKNOWN_MIGRATIONS ? [`the schema is ${unknown} migrations newer than this release: start a newer one`] : [])
    if (missing === 0 && unknown > 0) logger.warn('the schema is one migration newer than this release')
    return missing === 0
  }, logger)
}

/**
 * What was written now would sort before what another cluster has written, and the broker would be told that all is settled which the
 * backup does not hold (ADR 0006).
 */
const refuseForeignLog = async ({ orm, roles }: Checked, logger: Logger): Promise<void> => {
  if (!roles.includes('daisi_projector')) return
  await untilHolds('PostgreSQL', async () => {
    const foreign = await isForeign(orm)
    refuseIfAny(foreign ? ['the database was restored into another cluster: run `daisi doctor --after-restore` first'] : [])
    return true
  }, logger)
}

const databasesOf = async (container: Container, logins: ReadonlyArray<Login>): Promise<ReadonlyArray<Checked>> => {
  const all: Checked[] = []
  for (const through of ['orm', 'readOrm'] as const) {
    const roles = logins.filter((login) => login.through === through).map(({ role }) => role)
    if (roles.length > 0) all.push({ orm: await container.getAsync(token[through]), roles })
  }
  return all
}

/**
 * Waits for each database the process uses, and ends the process when one of them, or the login to it, is not fit for it: exit code
 * 78, one line a problem, before anything is started (bad inputs C7–C10, C17).
 */
export const checkDatabases = async (container: Container, logins: ReadonlyArray<Login>, production: boolean): Promise<void> => {
  const logger = container.get(token.logger)
  const databases = await databasesOf(container, logins)
  for (const database of databases) await awaitServer(database, production, logger)
  const problems = new Set<string>()
  for (const database of databases) for (const problem of await loginProblems(database, production, logger)) problems.add(problem)
  refuseIfAny([...problems])
  for (const database of databases) await awaitSchema(database, logger)
  const [log] = databases
  if (log !== undefined) await refuseForeignLog(log, logger)
}
