import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Unavailable } from '../../../application/ports/unavailable.ts'
import { attemptOwn } from './attempt.ts'
import { inTransaction, type Database } from './in-role.ts'

export type RuntimeRole = 'daisi_writer' | 'daisi_projector' | 'daisi_reader' | 'daisi_ops'

interface Login {
  readonly superuser: boolean
  readonly bypasses_rls: boolean
  readonly may_become_owner: boolean
  readonly may_become_role: boolean
}

const loginFor = async (db: Database, role: RuntimeRole): Promise<Login | undefined> =>
  (await sql<Login>`select r.rolsuper as superuser, r.rolbypassrls as bypasses_rls,
      exists (select from pg_roles o where o.rolname = 'daisi_owner' and pg_has_role(session_user, o.oid, 'set')) as may_become_owner,
      exists (select from pg_roles o where o.rolname = ${role} and pg_has_role(session_user, o.oid, 'set')) as may_become_role
    from pg_roles r where r.rolname = session_user`.execute(db)).rows[0]

/** Superusers and `bypassrls` are bound by no policy, and the owner's policy binds nothing (reliability 4.4). */
const tooMighty = ({ superuser, bypasses_rls, may_become_owner }: Login): ReadonlyArray<string> => [
  ...(superuser ? ['the login is a superuser: row-level security does not bind it'] : []),
  ...(bypasses_rls ? ['the login has BYPASSRLS: row-level security does not bind it'] : []),
  ...(may_become_owner && !superuser ? ['the login may become daisi_owner: use MIGRATION_DATABASE_URL for that login'] : []),
]

/** What is wrong with a login that makes or changes tables, in words for its operator; none when it may. */
export const ownerProblems = (orm: MikroORM): TaskEither<Unavailable, ReadonlyArray<string>> => attemptOwn(async () => {
  const login = await loginFor(orm.em.fork().getKysely<unknown>(), 'daisi_projector')
  if (login?.may_become_owner !== true)
    return ['the login may not become daisi_owner: give the login of migrations in MIGRATION_DATABASE_URL']
  return login.may_become_role ? []
    : ['the login may not become daisi_projector: grant daisi_projector to it `with inherit false, set true`']
})

const bound = (orm: MikroORM, role: RuntimeRole): Promise<boolean> => inTransaction(orm, async (tx) => {
  const { rows: [row] } = await sql<{ readonly is_bound: boolean }>`select set_config('role', ${role}, true),
    (select not rolsuper and not rolbypassrls from pg_roles where rolname = ${role}) as is_bound`.execute(tx)
  const { rows: [user] } = await sql<{ readonly name: string }>`select current_user as name`.execute(tx)
  return row?.is_bound === true && user?.name === role
})

/**
 * What is wrong with this process's login, in words for its operator; none when it may start. In development only that it
 * becomes `role` and that `role` is bound by row-level security; in production also what the login could do without it.
 */
export const runtimeRoleProblems = (
  orm: MikroORM, role: RuntimeRole, production: boolean,
): TaskEither<Unavailable, ReadonlyArray<string>> =>
  attemptOwn(async () => {
    const login = await loginFor(orm.em.fork().getKysely<unknown>(), role)
    if (login?.may_become_role !== true) return [`the login may not become ${role}: run \`daisi migrate\`, then grant ${role} to it`]
    const unbound = (await bound(orm, role)) ? [] : [`${role} is not bound by row-level security`]
    return [...unbound, ...(production ? tooMighty(login) : [])]
  })
