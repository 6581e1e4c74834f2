import type { MikroORM } from '@mikro-orm/postgresql'
import * as E from 'fp-ts/lib/Either.js'
import { migrationFacts } from '../../outbound/postgres/migration-facts.ts'
import { openTransactions, preparedTransactions } from '../../outbound/postgres/open-transactions.ts'
import { companyTables, roleFacts, type RoleFacts, type TableFacts } from '../../outbound/postgres/protection-facts.ts'
import { runtimeRoleProblems } from '../../outbound/postgres/runtime-role.ts'
import { serverSurvey, type ServerSurvey } from '../../outbound/postgres/server-survey.ts'
import type { Settings } from '../settings.ts'
import type { Check, Finding } from './check.ts'
import { ok } from './check.ts'
import { once } from './once.ts'
import {
  judgeConnections, judgeDurability, judgeLogin, judgeMigrations, judgeOpenTransactions, judgePostgresVersion, judgePrepared, judgeRoles,
  judgeRowSecurity,
} from './postgres-findings.ts'
import type { PostgresSources } from './postgres-sources.ts'

/** Ingest has one pool; project and serve have one for the log and one for the read models; two of them listen as well. */
const POOLS = 5
const LISTENERS = 2

const problemsOf = async (orm: MikroORM, roles: ReadonlyArray<RoleFacts>, production: boolean): Promise<ReadonlyArray<string>> => {
  const problems = new Set<string>()
  for (const { role } of roles.filter(({ mayBecome }) => mayBecome)) {
    const found = await runtimeRoleProblems(orm, role, production)()
    if (E.isLeft(found)) throw found.left.cause
    for (const problem of found.right) problems.add(problem)
  }
  return [...problems]
}

/** Read models may live in a database of their own; a table is in one of them. */
const tablesOf = async ({ orm, readOrm }: PostgresSources): Promise<ReadonlyArray<TableFacts>> => {
  const [own, read] = [await orm(), await readOrm()]
  return [...await companyTables(own), ...(own === read ? [] : await companyTables(read))]
}

/** Everything about PostgreSQL that an operator can put right. */
export const postgresChecks = (sources: PostgresSources, { production, databasePool }: Settings): ReadonlyArray<Check> => {
  const { orm } = sources
  const server = once(async (): Promise<ServerSurvey> => {
    const facts = await serverSurvey(await orm())
    if (facts === undefined) throw new Error('no answer')
    return facts
  })
  const roles = once(async () => roleFacts(await orm()))
  const looks: Readonly<Record<string, () => Promise<Finding>>> = {
    'answers': async () => { await server(); return ok('it does') },
    'version': async () => judgePostgresVersion(await server()),
    'power cut': async () => judgeDurability(await server(), production),
    'migrations': async () => judgeMigrations(await migrationFacts(await orm())),
    'roles': async () => judgeRoles(await roles()),
    'login': async () => judgeLogin(await problemsOf(await orm(), await roles(), production), await roles()),
    'row-level security': async () => judgeRowSecurity(await tablesOf(sources)),
    'open transactions': async () => judgeOpenTransactions(await openTransactions(await orm())),
    'prepared transactions': async () => judgePrepared(await preparedTransactions(await orm())),
    'connections': async () => judgeConnections(await server(), POOLS * databasePool + LISTENERS, production),
  }
  return Object.entries(looks).map(([name, look]) => ({ area: 'postgresql', name, look }))
}
