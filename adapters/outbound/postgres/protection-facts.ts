import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { RuntimeRole } from './runtime-role.ts'

const RUNTIME_ROLES: ReadonlyArray<RuntimeRole> = ['daisi_writer', 'daisi_projector', 'daisi_reader', 'daisi_ops']

/** A role of the service, and whether this login may become it. */
export interface RoleFacts { readonly role: RuntimeRole; readonly exists: boolean; readonly mayBecome: boolean }

export const roleFacts = async (orm: MikroORM): Promise<ReadonlyArray<RoleFacts>> =>
  (await sql<RoleFacts>`select wanted.role, r.oid is not null as exists,
      coalesce(pg_has_role(session_user, r.oid, 'set'), false) as "mayBecome"
    from unnest(${[...RUNTIME_ROLES]}::text[]) as wanted(role) left join pg_roles r on r.rolname = wanted.role`
    .execute(orm.em.fork().getKysely<unknown>())).rows

/** A table that holds rows of companies. Forced: the owner too passes through its policies (reliability 4.4). */
export interface TableFacts { readonly table: string; readonly enabled: boolean; readonly forced: boolean }

/** Every table and partition with a column `company_id`, in both schemas of the service. */
export const companyTables = async (orm: MikroORM): Promise<ReadonlyArray<TableFacts>> =>
  (await sql<TableFacts>`select n.nspname || '.' || c.relname as table, c.relrowsecurity as enabled, c.relforcerowsecurity as forced
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('daisi', 'read') and c.relkind in ('r', 'p') and exists (
      select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped)
    order by 1`.execute(orm.em.fork().getKysely<unknown>())).rows
