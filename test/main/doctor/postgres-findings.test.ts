import {
  judgeConnections, judgeDurability, judgeLogin, judgeMigrations, judgeOpenTransactions, judgePostgresVersion, judgePrepared, judgeRoles,
  judgeRowSecurity,
} from '../../../adapters/main/doctor/postgres-findings.ts'
import type { OpenTransaction } from '../../../adapters/outbound/postgres/open-transactions.ts'
import type { RoleFacts } from '../../../adapters/outbound/postgres/protection-facts.ts'
import type { ServerSurvey } from '../../../adapters/outbound/postgres/server-survey.ts'
import { describeJudgements } from '../../support/judged.ts'

const server = (more: Partial<ServerSurvey> = {}): ServerSurvey => ({ version: 180_004, fsync: 'on', fullPageWrites: 'on',
  synchronousCommit: 'on', dataChecksums: 'on', mostConnections: 97, connections: 10, ...more })
const writer: RoleFacts = { role: 'daisi_writer', exists: true, mayBecome: true }
const open = (more: Partial<OpenTransaction>): OpenTransaction =>
  ({ pid: 42, database: 'd', application: 'psql', writes: true, idle: true, ageSeconds: 60, ...more })
const table = { table: 'daisi.chats', enabled: true, forced: true }

describeJudgements('the version of PostgreSQL', [
  ['too old', judgePostgresVersion({ version: 160_009 }), 'bad', /16\.9/],
  ['not the tested one', judgePostgresVersion({ version: 170_006 }), 'warn', /tested with 18/],
  ['the tested one', judgePostgresVersion({ version: 180_004 }), 'ok', /18\.4/],
])

describeJudgements('a power cut of the database', [
  ['all is on disk', judgeDurability(server(), true), 'ok'],
  ['fsync is off', judgeDurability(server({ fsync: 'off' }), false), 'bad', /alter system set fsync = on/],
  ['full_page_writes is off', judgeDurability(server({ fullPageWrites: 'off' }), false), 'bad', /full_page_writes/],
  ['synchronous_commit is off', judgeDurability(server({ synchronousCommit: 'off' }), false), 'bad', /synchronous_commit/],
  ['checksums are off, in production', judgeDurability(server({ dataChecksums: 'off' }), true), 'warn', /pg_checksums/],
  ['checksums are off, in development', judgeDurability(server({ dataChecksums: 'off' }), false), 'ok'],
])

describeJudgements('roles, login and row-level security', [
  ['all roles are there', judgeRoles([writer]), 'ok'],
  ['one is missing', judgeRoles([{ ...writer, exists: false }]), 'bad', /daisi_writer.*migrate/],
  ['the login is bound', judgeLogin([], [writer]), 'ok'],
  ['the login is too mighty', judgeLogin(['the login is a superuser'], [writer]), 'bad', /superuser/],
  ['the login has not every role', judgeLogin([], [writer, { ...writer, role: 'daisi_ops', mayBecome: false }]), 'warn', /daisi_ops/],
  ['a role that does not exist is told elsewhere', judgeLogin([], [{ ...writer, exists: false, mayBecome: false }]), 'ok'],
  ['every table is protected', judgeRowSecurity([table]), 'ok'],
  ['one is open', judgeRowSecurity([table, { table: 'read.x', enabled: false, forced: true }]), 'bad', /alter table read\.x enable row level/],
  ['one is open to its owner', judgeRowSecurity([{ ...table, forced: false }]), 'bad', /daisi\.chats/],
  ['nothing to protect means no schema', judgeRowSecurity([]), 'bad', /migrate/],
])

describeJudgements('what holds the log back', [
  ['nothing', judgeOpenTransactions([]), 'ok'],
  ['a young writer', judgeOpenTransactions([open({ ageSeconds: 4 })]), 'ok'],
  ['a slow writer', judgeOpenTransactions([open({ ageSeconds: 6, idle: false })]), 'warn', /process 42 \(psql, database d\) for 6 s.*pg_terminate_backend\(42\)/],
  ['a stuck writer', judgeOpenTransactions([open({ ageSeconds: 6 }), open({ ageSeconds: 31 })]), 'bad', /2 open transactions/],
  ['a long reader', judgeOpenTransactions([open({ writes: false, idle: false, ageSeconds: 4_000 })]), 'ok'],
  ['a reader that idles', judgeOpenTransactions([open({ writes: false, ageSeconds: 400 })]), 'warn', /idle in a transaction/],
  ['sessions that cannot be seen', judgeOpenTransactions([open({ ageSeconds: null })]), 'ok', /1 hidden; `grant pg_read_all_stats`/],
  ['nothing prepared', judgePrepared([]), 'ok'],
  ['something just prepared', judgePrepared([{ gid: 'g', database: 'd', ageSeconds: 1 }]), 'warn', /rollback prepared 'g'/],
  ['something left prepared', judgePrepared([{ gid: 'g', database: 'd', ageSeconds: 31 }]), 'bad'],
])

describeJudgements('schema and connections', [
  ['up to date', judgeMigrations({ pending: [], unknown: [] }), 'ok'],
  ['behind', judgeMigrations({ pending: ['m2'], unknown: ['m3'] }), 'bad', /m2.*daisi migrate/],
  ['ahead', judgeMigrations({ pending: [], unknown: ['m3'] }), 'warn', /newer release/],
  ['enough', judgeConnections(server(), 32, true), 'ok'],
  ['too few, in production', judgeConnections(server(), 98, true), 'bad', /max_connections/],
  ['too few, in development', judgeConnections(server(), 98, false), 'warn'],
  ['barely enough', judgeConnections(server(), 90, true), 'warn'],
  ['nearly all open', judgeConnections(server({ connections: 90 }), 32, true), 'warn', /90 of 97/],
])
