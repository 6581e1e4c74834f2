import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../in-role.ts'

/** Of a table of `read` whose name is `$name`: what makes a table like it in `read_beside`, in order. */
const statementsFor = (name: string): RawBuilder<{ readonly statement: string }> => sql`
  with live as (select c.oid, c.relname as name, c.relrowsecurity as secured, c.relforcerowsecurity as forced, c.relacl, c.relowner
    from pg_class c where c.oid = to_regclass(${`read.${name}`}::text))
  select statement from (
    select 1 as step, format('create table read_beside.%1$I (like read.%1$I including all excluding indexes)', name) as statement from live
    union all select 2, format('alter table read_beside.%I add constraint %I %s', name, k.conname, pg_get_constraintdef(k.oid))
      from live join pg_constraint k on k.conrelid = live.oid and k.contype in ('p', 'u', 'x')
    union all select 3, replace(pg_get_indexdef(i.indexrelid), format(' ON read.%I ', name), format(' ON read_beside.%I ', name))
      from live join pg_index i on i.indrelid = live.oid
      where not exists (select from pg_constraint k where k.conindid = i.indexrelid)
    union all select 4, format('alter table read_beside.%I enable row level security, force row level security', name)
      from live where secured and forced
    union all select 5, format('create policy %I on read_beside.%I as %s for %s to %s', p.polname, name,
        case when p.polpermissive then 'permissive' else 'restrictive' end,
        case p.polcmd when '*' then 'all' when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' else 'delete' end,
        (select string_agg(r.rolname::regrole::text, ', ') from pg_roles r where r.oid = any(p.polroles)))
        || coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
        || coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
      from live join pg_policy p on p.polrelid = live.oid
    union all select 6, format('grant %s on read_beside.%I to %s', g.privilege_type, name, g.grantee::regrole)
      from live cross join lateral aclexplode(relacl) g where g.grantee <> relowner) as made
  order by step`

/** Makes `read_beside.<name>`: the same columns, checks, keys, indexes with their names, policies and grants; no rows. */
export const cloneTable = async (tx: Database, name: string): Promise<void> => {
  const { rows } = await statementsFor(name).execute(tx)
  if (rows.length === 0) throw new Error(`there is no table read.${name}`)
  for (const { statement } of rows) await sql.raw(statement).execute(tx)
}
