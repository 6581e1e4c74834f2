import type { MigrationFacts } from '../../outbound/postgres/migration-facts.ts'
import type { OpenTransaction, PreparedTransaction } from '../../outbound/postgres/open-transactions.ts'
import type { RoleFacts, TableFacts } from '../../outbound/postgres/protection-facts.ts'
import type { ServerSurvey } from '../../outbound/postgres/server-survey.ts'
import { bad, badInProduction, ok, warn, type Finding } from './check.ts'
import { count, inWords, someOf } from './wording.ts'

const LEAST_MAJOR = 17
const EXPECTED_MAJOR = 18
const VERSIONS_PER_MAJOR = 10_000

export const judgePostgresVersion = ({ version }: Pick<ServerSurvey, 'version'>): Finding => {
  const [major, minor] = [Math.floor(version / VERSIONS_PER_MAJOR), version % VERSIONS_PER_MAJOR]
  const says = `PostgreSQL ${major}.${minor}`
  if (major < LEAST_MAJOR) return bad(`${says} lacks what this service needs`, `upgrade to PostgreSQL ${EXPECTED_MAJOR}`)
  if (major >= EXPECTED_MAJOR) return ok(says)
  return warn(`${says} works; this release is tested with ${EXPECTED_MAJOR}`, `upgrade to PostgreSQL ${EXPECTED_MAJOR}`)
}

export const judgeRoles = (roles: ReadonlyArray<RoleFacts>): Finding => {
  const missing = roles.filter(({ exists }) => !exists).map(({ role }) => role)
  return missing.length === 0 ? ok('all there') : bad(`missing: ${missing.join(', ')}`, 'run `daisi migrate`: it makes them')
}

/** `problems`: what `runtimeRoleProblems` says of the roles that this login may become. */
export const judgeLogin = (problems: ReadonlyArray<string>, roles: ReadonlyArray<RoleFacts>): Finding => {
  if (problems.length > 0) return bad(someOf(problems),
    'use a login that is no superuser and was granted only the roles it needs, `with inherit false, set true`')
  const others = roles.filter(({ exists, mayBecome }) => exists && !mayBecome).map(({ role }) => role)
  return others.length === 0
    ? ok('row-level security binds it')
    : warn(`may not become ${someOf(others)}: processes that need them cannot start with this login, and doctor cannot see all`,
      'nothing, if each process has a login of its own; else grant them to it `with inherit false, set true`')
}

/** A table without it shows every company to everybody. */
export const judgeRowSecurity = (tables: ReadonlyArray<TableFacts>): Finding => {
  if (tables.length === 0) return bad('there are no tables', 'run `daisi migrate`')
  const open = tables.filter(({ enabled, forced }) => !enabled || !forced).map(({ table }) => table)
  if (open.length === 0) return ok(`on and forced on all ${tables.length} tables that hold companies' rows`)
  return bad(`off or not forced on ${someOf(open)}: companies are not kept apart there`,
    `alter table ${open[0] ?? ''} enable row level security, force row level security;`)
}

/** What a crash or a power cut costs (reliability M12). */
export const judgeDurability = (server: ServerSurvey, production: boolean): Finding => {
  const { fsync, fullPageWrites, synchronousCommit, dataChecksums } = server
  const off = [...(fsync === 'off' ? ['fsync'] : []), ...(fullPageWrites === 'off' ? ['full_page_writes'] : []),
    ...(synchronousCommit === 'off' ? ['synchronous_commit'] : [])]
  if (off.length > 0) return bad(`${off.join(', ')} off: a power cut loses or destroys what is stored, while the broker was told it is safe`,
    `${off.map((name) => `alter system set ${name} = on;`).join(' ')} select pg_reload_conf();`)
  if (dataChecksums === 'off' && production) return warn('data_checksums is off: a decaying disk is noticed late',
    'stop PostgreSQL, run pg_checksums --enable, start it')
  return ok('a commit is on disk before it is told')
}

/** Alarms of reliability 5.3. */
const SLOW_SECONDS = 5
const STUCK_SECONDS = 30
/** An idle reader holds nothing of ours back, but may hold a lock that a migration waits for. */
const IDLE_SECONDS = 300

const ageOf = ({ ageSeconds }: OpenTransaction): number => ageSeconds ?? 0

const describeOpen = ({ pid, application, database, ageSeconds, idle }: OpenTransaction): string =>
  `process ${pid} (${application === '' ? 'no name' : application}, database ${database}) for ${inWords(ageSeconds ?? 0)}${idle ? ', idle' : ''}`

const ending = ([first]: ReadonlyArray<OpenTransaction>): string =>
  `end it in its program, or: select pg_terminate_backend(${first?.pid ?? 0});`

const isOlderThan = (seconds: number) => (one: OpenTransaction): boolean => ageOf(one) >= seconds

export const judgeOpenTransactions = (open: ReadonlyArray<OpenTransaction>): Finding => {
  const slow = open.filter(({ writes }) => writes).filter(isOlderThan(SLOW_SECONDS))
  if (slow.length > 0) return (slow.some(isOlderThan(STUCK_SECONDS)) ? bad : warn)(
    `read models and policies stand still behind ${count(slow.length, 'open transaction')}: ${someOf(slow.map(describeOpen))}`, ending(slow))
  const idle = open.filter((one) => one.idle).filter(isOlderThan(IDLE_SECONDS))
  if (idle.length > 0) return warn(`idle in a transaction: ${someOf(idle.map(describeOpen))}`, ending(idle))
  const hidden = open.filter(({ ageSeconds }) => ageSeconds === null).length
  return ok(hidden === 0 ? 'none holds the log back' : `none that can be seen holds the log back (${hidden} hidden; \`grant pg_read_all_stats\` shows them)`)
}

export const judgePrepared = (prepared: ReadonlyArray<PreparedTransaction>): Finding => {
  const [oldest] = prepared
  if (oldest === undefined) return ok('none')
  return (oldest.ageSeconds >= STUCK_SECONDS ? bad : warn)(
    `${count(prepared.length, 'transaction')} prepared and not ended, the oldest for ${inWords(oldest.ageSeconds)} in database ${oldest.database}: read models stand still behind it`,
    `in that database: commit prepared '${oldest.gid}'; or rollback prepared '${oldest.gid}';`)
}

export const judgeMigrations = ({ pending, unknown }: MigrationFacts): Finding => {
  if (pending.length > 0) return bad(`not applied: ${someOf(pending)}; processes wait for them`, 'run `daisi migrate`')
  if (unknown.length > 0) return warn(`a newer release has applied ${someOf(unknown)}`, 'update this program; until then do not run `daisi migrate` with it')
  return ok('up to date')
}

const CROWDED = 0.8

/** `needed`: what one process of each kind opens at most. */
export const judgeConnections = ({ mostConnections, connections }: ServerSurvey, needed: number, production: boolean): Finding => {
  const todo = 'raise max_connections, or lower DAISI_DATABASE_POOL'
  if (needed > mostConnections) return badInProduction(production)(`one process of each kind may open ${needed} connections, PostgreSQL gives ${mostConnections}`, todo)
  if (connections > CROWDED * mostConnections) return warn(`${connections} of ${mostConnections} connections are open`, todo)
  if (needed > CROWDED * mostConnections) return warn(`one process of each kind may open ${needed} of ${mostConnections} connections`, todo)
  return ok(`${connections} of ${mostConnections} open; one process of each kind opens at most ${needed}`)
}
