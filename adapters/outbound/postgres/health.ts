import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'

/** Whether PostgreSQL answers and has the schema of this release. */
export const schemaIsReady = async (orm: MikroORM): Promise<boolean> => (await orm.migrator.getPending()).length === 0

export const answers = async (orm: MikroORM): Promise<boolean> => {
  await sql`select 1`.execute(orm.em.fork().getKysely<unknown>())
  return true
}

interface Login { readonly may: boolean; readonly name: string }

/**
 * Roles bypass row-level security when they are superusers or may bypass it. In production the login itself must not be
 * such a one; everywhere the role that statements run under is checked (reliability 4.4, design 6).
 */
export const assertSafeRole = async (orm: MikroORM, production: boolean): Promise<void> => {
  const { rows } = await sql<Login>`select rolname as name, (rolsuper or rolbypassrls) as may from pg_roles
    where rolname = any(${['daisi_writer', 'daisi_projector', 'daisi_reader', 'daisi_ops']}::text[]) or (${production} and rolname = session_user)`
    .execute(orm.em.fork().getKysely<unknown>())
  const unsafe = rows.filter(({ may }) => may).map(({ name }) => name)
  if (unsafe.length > 0) throw new Error(`these roles could see every company's rows: ${unsafe.join(', ')}; log in as a role without superuser and bypassrls`)
}
