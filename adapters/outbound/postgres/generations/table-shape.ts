import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../in-role.ts'
import type { ReadSchema } from '../read-model-schema.ts'

const grants = (acl: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select string_agg(g.grantee || g.privilege_type || g.is_grantable, ' ' order by g.grantee, g.privilege_type) from aclexplode(${acl}) g`

/** Everything that `cloneTable` copies, as one text that does not name the schema; null where there is no such table. */
const shapeOf = (schema: ReadSchema, name: string): RawBuilder<unknown> => sql`(
  select jsonb_build_object('security', array[c.relrowsecurity, c.relforcerowsecurity], 'grants', (${grants(sql`c.relacl`)}),
    'columns', (select jsonb_object_agg(a.attname, array[format_type(a.atttypid, a.atttypmod), a.attnotnull::text, a.attgenerated::text,
        a.attcollation::text, pg_get_expr(d.adbin, d.adrelid), (${grants(sql`a.attacl`)})])
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
    'constraints', (select jsonb_agg(pg_get_constraintdef(k.oid) order by pg_get_constraintdef(k.oid)) from pg_constraint k
      where k.conrelid = c.oid),
    'indexes', (select jsonb_agg(replace(pg_get_indexdef(i.indexrelid), ${` ON ${schema}.`}::text, ' ON ') order by pg_get_indexdef(i.indexrelid))
      from pg_index i where i.indrelid = c.oid),
    'policies', (select jsonb_object_agg(p.polname, array[p.polcmd::text, p.polpermissive::text, p.polroles::text,
        pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)]) from pg_policy p where p.polrelid = c.oid))
  from pg_class c where c.oid = to_regclass(${`${schema}.${name}`}::text))`

/** Whether each table stands beside the served one of its name, and both are of the same make. */
export const sameShapes = async (tx: Database, names: ReadonlyArray<string>): Promise<boolean> => {
  for (const name of names) {
    const { rows: [row] } = await sql<{ readonly same: boolean | null }>`
      select ${shapeOf('read', name)} = ${shapeOf('read_beside', name)} as same`.execute(tx)
    if (row?.same !== true) return false
  }
  return true
}
