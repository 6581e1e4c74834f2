import { COMPANY_CHECK, good, names, OURS, type SchemaRule } from './rule.ts'

/** Tables that belong to no company: readers of the log and its epoch, processes that share the companies, applied migrations. */
const OF_NO_COMPANY = ['daisi.log_epoch', 'daisi.policy_checkpoints', 'read.checkpoint', 'daisi.ingest_processes', 'daisi_migrations',
  'read_beside.rebuild', 'read_beside.checkpoint']

/** Failures of an event whose company token is invalid belong to nobody, `*` (design 6), and so does what operators do with them. */
const NOBODY_TOO = ['daisi.failed_events', 'daisi.exhausted_events', 'daisi.replay_jobs', 'daisi.replay_items', 'daisi.operator_audit']

/** Its order is the whole cluster's (design 6). */
const NOT_LED_BY_COMPANY = ['daisi.event_log_pkey']

const TABLES = `pg_class c join pg_namespace n on n.oid = c.relnamespace and ${OURS}`
const OF_A_COMPANY = `${TABLES} join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped`
const NAME = `c.oid::regclass::text as name`

const VALID = `(company_id ~ ''^[A-Za-z0-9_-]+$''::text) AND (length(company_id) <= 48)`

/** What a table must be (reliability 4.4). */
export const TABLE_RULES: ReadonlyArray<SchemaRule> = [
  {
    rule: 'every table has a company, but for the named ones',
    breaches: `select ${NAME} from ${TABLES} where c.relkind in ('r', 'p', 'f') and c.oid::regclass::text not in ${names(OF_NO_COMPANY)}
      and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped)`,
    plant: ['create table planted.notes (id text primary key)'],
    caught: ['planted.notes'],
  },
  {
    rule: 'row-level security is forced on every table with a company: the owner is bound too',
    breaches: `select ${NAME} from ${OF_A_COMPANY} where c.relkind in ('r', 'p', 'f') and not (c.relrowsecurity and c.relforcerowsecurity)`,
    plant: [...good('open'), 'alter table planted.open disable row level security',
      ...good('unforced'), 'alter table planted.unforced no force row level security',
      `create table planted.parted (company_id text not null) partition by list (company_id)`],
    caught: ['planted.open', 'planted.unforced', 'planted.parted'],
  },
  {
    rule: 'the company of a row is never missing and always valid, so that a variable that reads as an empty text matches none',
    breaches: `select ${NAME} from ${OF_A_COMPANY} where c.relkind in ('r', 'p') and not (a.attnotnull and exists (
      select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.convalidated and
        pg_get_constraintdef(k.oid) in ('CHECK ((${VALID}))',
          case when c.oid::regclass::text in ${names(NOBODY_TOO)} then 'CHECK (((company_id = ''*''::text) OR (${VALID})))' end)))`,
    plant: [...good('unchecked'), 'alter table planted.unchecked drop constraint unchecked_company_id_check',
      ...good('starred'), 'alter table planted.starred drop constraint starred_company_id_check',
      `alter table planted.starred add check (company_id = '*' or ${COMPANY_CHECK})`,
      `create table planted.missing (company_id text check (${COMPANY_CHECK}))`,
      ...good('trusting'), 'alter table planted.trusting drop constraint trusting_company_id_check',
      `alter table planted.trusting add check (${COMPANY_CHECK}) not valid`],
    caught: ['planted.unchecked', 'planted.starred', 'planted.missing', 'planted.trusting'],
  },
  {
    rule: 'every key and index starts with the company, but for the order of the log: no key tells of another company’s rows',
    breaches: `select i.indexrelid::regclass::text as name from pg_index i join ${OF_A_COMPANY} on c.oid = i.indrelid
      where i.indkey[0] <> a.attnum and i.indexrelid::regclass::text not in ${names(NOT_LED_BY_COMPANY)}`,
    plant: [...good('guessed'), 'create unique index guessed_id on planted.guessed (id)',
      'create index guessed_back on planted.guessed (id, company_id)',
      'create index guessed_by on planted.guessed (lower(company_id))'],
    caught: ['planted.guessed_id', 'planted.guessed_back', 'planted.guessed_by'],
  },
  {
    rule: 'a foreign key starts with the company on both sides: PostgreSQL checks it past row-level security',
    breaches: `select k.conrelid::regclass::text || ' ' || k.conname as name from pg_constraint k
      join ${OF_A_COMPANY} on c.oid = k.conrelid where k.contype = 'f' and (k.conkey[1] <> a.attnum or not exists (
        select from pg_attribute t where t.attrelid = k.confrelid and t.attnum = k.confkey[1] and t.attname = 'company_id'))`,
    plant: [...good('parents'), 'create unique index parents_id on planted.parents (id)',
      ...good('strays', ', parent_id text references planted.parents (id)')],
    caught: ['planted.strays strays_parent_id_fkey'],
  },
  {
    rule: 'a partition is not reached past its parent’s policies',
    breaches: `select ${NAME} from ${TABLES} where (c.relispartition or exists (select from pg_inherits h where h.inhrelid = c.oid))
      and exists (select from aclexplode(c.relacl) g where g.grantee <> c.relowner)
      and not exists (select from pg_policy p where p.polrelid = c.oid and not p.polroles && array(select oid from pg_roles where rolname = 'daisi_owner'))`,
    plant: [`create table planted.months (company_id text not null, month date not null) partition by list (month)`,
      `create table planted.january partition of planted.months for values in ('2026-01-01')`,
      'grant select on planted.january to daisi_reader', 'create table planted.elders (company_id text not null)',
      'create table planted.heirs () inherits (planted.elders)', 'grant select on planted.heirs to daisi_reader'],
    caught: ['planted.january', 'planted.heirs'],
  },
  {
    rule: 'there are no materialized views: they hold the rows of all companies',
    breaches: `select ${NAME} from ${TABLES} where c.relkind = 'm'`,
    plant: ['create materialized view planted.all_chats as select company_id, chat_id from daisi.chats'],
    caught: ['planted.all_chats'],
  },
  {
    rule: 'a view asks as the one who reads it',
    breaches: `select ${NAME} from ${TABLES} where c.relkind = 'v' and not coalesce(c.reloptions, '{}') && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1']`,
    plant: ['create view planted.plain as select chat_id from daisi.chats',
      'create view planted.invoked with (security_invoker = true) as select chat_id from daisi.chats'],
    caught: ['planted.plain'],
  },
]
