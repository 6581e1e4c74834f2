import { good, names, OURS, RUNTIME_ROLES, type SchemaRule } from './rule.ts'

/**
 * The only conditions a policy may have: the forms measured in design 6. `nullif`, for a variable that was ever set reads as
 * '' afterwards; a sub-select, so that it is asked once a statement and not once a row.
 */
const CONDITIONS = {
  reader: `(company_id = ( SELECT NULLIF(current_setting('app.company_id'::text, true), ''::text) AS "nullif"))`,
  batch: `(company_id IN ( SELECT unnest(string_to_array(NULLIF(current_setting('app.company_ids'::text, true), ''::text), ','::text)) AS unnest))`,
  every: `(( SELECT current_setting('app.every_company'::text, true) AS current_setting) = 'on'::text)`,
}
const BATCH_OR_EVERY = `(${CONDITIONS.batch} OR ${CONDITIONS.every})`

/** Read models that are built anew, or were served before (ADR 0020): as those of `read`. */
const BESIDE = ['message_timeline', 'chat_overview', 'contact_card', 'agent_board', 'onboarding_list', 'company_totals']
  .map((table) => `daisi_projector ALL read_beside.${table}`)

/** Who sees every company's rows, and where: migrations as the owner, the projector in the log and in what it writes. */
const SEES_ALL = [`daisi_owner ALL`, `daisi_projector SELECT daisi.event_log`, `daisi_projector ALL read.message_timeline`,
  `daisi_projector ALL read.chat_overview`, `daisi_projector ALL read.contact_card`, `daisi_projector ALL read.agent_board`,
  `daisi_projector ALL read.onboarding_list`, `daisi_projector ALL read.company_totals`, ...BESIDE]

/** Rights beyond select, insert and update: early facts go when they were folded into their entity, processes when they stop. */
const MAY_DELETE = ['daisi_writer DELETE daisi.early_facts', 'daisi_writer DELETE daisi.ingest_processes']

/** Functions that run as their owner: none so far. */
const SECURITY_DEFINERS: ReadonlyArray<string> = []

const quoted = (texts: ReadonlyArray<string>): string => `(${texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ')})`

const POLICIES = `pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace and ${OURS}
  cross join lateral unnest(p.polroles) as role_id
  cross join lateral (select case role_id when 0 then 'public' else pg_get_userbyid(role_id) end as role,
    case p.polcmd when '*' then 'ALL' when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE' else 'DELETE' end as command) r
  cross join lateral (values (pg_get_expr(p.polqual, p.polrelid)), (pg_get_expr(p.polwithcheck, p.polrelid))) as e(condition)`

/** Grants on tables, on their columns, on sequences, schemas and functions, but for those an owner has. */
const GRANTS = `(
  select c.oid::regclass::text as object, g.grantee, g.privilege_type, g.is_grantable from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and ${OURS} cross join lateral aclexplode(c.relacl) g where g.grantee <> c.relowner
  union all select c.oid::regclass::text || '.' || a.attname, g.grantee, g.privilege_type, g.is_grantable from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and ${OURS} join pg_attribute a on a.attrelid = c.oid
    cross join lateral aclexplode(a.attacl) g where g.grantee <> c.relowner
  union all select 'schema ' || n.nspname, g.grantee, g.privilege_type, g.is_grantable from pg_namespace n
    cross join lateral aclexplode(n.nspacl) g where ${OURS} and g.grantee <> n.nspowner
  union all select p.oid::regprocedure::text, g.grantee, g.privilege_type, g.is_grantable from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace and ${OURS}
    cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee <> p.proowner)`

const FUNCTIONS = `pg_proc p join pg_namespace n on n.oid = p.pronamespace and ${OURS}`

/** Who may do what (reliability 4.3, 4.4). */
export const ACCESS_RULES: ReadonlyArray<SchemaRule> = [
  {
    rule: 'a policy has one of the measured conditions, for a named role; who sees all is named',
    breaches: `select distinct c.oid::regclass::text || ' ' || p.polname as name from ${POLICIES} where condition is not null
      and condition not in ${quoted([CONDITIONS.reader, CONDITIONS.batch, BATCH_OR_EVERY])}
      and not (condition = 'true' and (role || ' ' || command in ${quoted(SEES_ALL)}
        or role || ' ' || command || ' ' || c.oid::regclass::text in ${quoted(SEES_ALL)}))
      or role = 'public' or not p.polpermissive`,
    plant: [...good('asked'),
      `create policy bare on planted.asked for select to daisi_reader using (company_id = current_setting('app.company_id', true))`,
      `create policy per_row on planted.asked for select to daisi_reader using (company_id = nullif(current_setting('app.company_id', true), ''))`,
      `create policy anybody on planted.asked for select using (company_id = (select nullif(current_setting('app.company_id', true), '')))`,
      `create policy all_of_it on planted.asked for select to daisi_reader using (true)`,
      `create policy unchecked on planted.asked for insert to daisi_writer with check (true)`],
    caught: ['planted.asked bare', 'planted.asked per_row', 'planted.asked anybody', 'planted.asked all_of_it', 'planted.asked unchecked'],
  },
  {
    rule: 'nobody may truncate, which passes row-level security, and nobody delete, reference or watch, but as named',
    breaches: `select pg_get_userbyid(grantee) || ' ' || privilege_type || ' ' || object as name from ${GRANTS} g
      where privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'USAGE', 'EXECUTE')
        and pg_get_userbyid(grantee) || ' ' || privilege_type || ' ' || object not in ${names(MAY_DELETE)}`,
    plant: [...good('emptied'), 'grant truncate, delete, trigger, references on planted.emptied to daisi_writer',
      'grant create on schema planted to daisi_projector'],
    caught: ['daisi_writer TRUNCATE planted.emptied', 'daisi_writer DELETE planted.emptied', 'daisi_writer TRIGGER planted.emptied',
      'daisi_writer REFERENCES planted.emptied', 'daisi_projector CREATE schema planted'],
  },
  {
    rule: 'everybody may nothing, in the schema public either; nobody may pass a right on',
    breaches: `select privilege_type || ' ' || object as name from ${GRANTS} g where grantee = 0 or is_grantable`,
    plant: [...good('shown'), 'grant select (id) on planted.shown to public', 'grant usage on schema public to public',
      'grant select on planted.shown to daisi_reader with grant option',
      'create function planted.f() returns int language sql as $$select 1$$'],
    caught: ['SELECT planted.shown.id', 'USAGE schema public', 'SELECT planted.shown', 'EXECUTE planted.f()'],
  },
  {
    rule: 'a function that runs as its owner is named',
    breaches: `select p.oid::regprocedure::text as name from ${FUNCTIONS} where p.prosecdef and p.oid::regprocedure::text not in ${names(SECURITY_DEFINERS)}`,
    plant: [`create function planted.mighty() returns int language sql security definer set search_path = pg_catalog as $$select 1$$`],
    caught: ['planted.mighty()'],
  },
  {
    rule: 'a function that runs as its owner looks names up in a fixed path',
    breaches: `select p.oid::regprocedure::text as name from ${FUNCTIONS}
      where p.prosecdef and not exists (select from unnest(p.proconfig) s where s like 'search_path=%')`,
    plant: [`create function planted.lured() returns int language sql security definer as $$select 1$$`],
    caught: ['planted.lured()'],
  },
  {
    rule: 'every object belongs to the owner whom nobody logs in as',
    breaches: `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname <> 'public' and c.relkind not in ('i', 'I') and ${OURS} and pg_get_userbyid(c.relowner) <> 'daisi_owner'`,
    plant: [...good('orphaned')],
    caught: ['planted.orphaned'],
  },
  {
    rule: 'the roles of the service can do nothing by themselves: no login, no superuser, no BYPASSRLS, no roles or databases to make',
    breaches: `select rolname as name from pg_roles where rolname ~ '^daisi_' and (rolcanlogin or rolsuper or rolbypassrls
      or rolcreaterole or rolcreatedb or rolreplication)`,
    plant: ['create role daisi_planted bypassrls', 'create role daisi_planted_login login'],
    caught: ['daisi_planted', 'daisi_planted_login'],
  },
  {
    rule: 'no role of the service is in another; logins inherit nothing from them: one that forgets to become a role can do nothing',
    breaches: `select u.rolname || ' in ' || r.rolname as name from pg_auth_members m join pg_roles r on r.oid = m.roleid
      join pg_roles u on u.oid = m.member where u.rolname in ${names([...RUNTIME_ROLES, 'daisi_owner'])}
        or (r.rolname in ${names([...RUNTIME_ROLES, 'daisi_owner'])} and m.inherit_option and not u.rolsuper)`,
    plant: ['grant daisi_owner to daisi_reader', 'grant pg_read_all_data to daisi_ops', 'create role daisitest_heir',
      'grant daisi_writer to daisitest_heir with inherit true'],
    caught: ['daisi_reader in daisi_owner', 'daisi_ops in pg_read_all_data', 'daisitest_heir in daisi_writer'],
  },
  {
    rule: 'no right reaches the roles of the service by default, before somebody thought of it',
    breaches: `select pg_get_userbyid(g.grantee) || ' ' || g.privilege_type as name from pg_default_acl d cross join lateral aclexplode(d.defaclacl) g
      where g.grantee = 0 or pg_get_userbyid(g.grantee) in ${names(RUNTIME_ROLES)}`,
    plant: ['alter default privileges in schema planted grant select on tables to daisi_reader'],
    caught: ['daisi_reader SELECT'],
  },
]
