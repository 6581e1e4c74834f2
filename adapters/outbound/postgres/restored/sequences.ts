import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { asOwner, type Database } from '../in-role.ts'

interface Identity { readonly table_name: string; readonly column_name: string }

const identities = async (tx: Database): Promise<ReadonlyArray<Identity>> =>
  (await sql<Identity>`select a.attrelid::regclass::text as table_name, a.attname as column_name
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where a.attidentity <> '' and n.nspname = 'daisi' and c.relkind = 'r' order by 1`.execute(tx)).rows

/** Sets what the next number of a table would be a second time; answers the tables. With `repairs` false it only looks. */
export const repairSequences = (orm: MikroORM, repairs: boolean): Promise<ReadonlyArray<string>> => asOwner(orm, async (tx) => {
  const behind: string[] = []
  for (const { table_name: table, column_name: column } of await identities(tx)) {
    const { rows: [row] } = await sql<{ readonly behind: boolean }>`select coalesce(highest > coalesce(pg_sequence_last_value(
        pg_get_serial_sequence(${table}, ${column})::regclass), 0), false) as behind
      from (select max(${sql.ref(column)}) as highest from ${sql.table(table)}) as m`.execute(tx)
    if (row?.behind !== true) continue
    behind.push(table)
    if (repairs) await sql`select setval(pg_get_serial_sequence(${table}, ${column})::regclass, (select max(${sql.ref(column)}) from ${sql.table(table)}))`
      .execute(tx)
  }
  return behind
})
