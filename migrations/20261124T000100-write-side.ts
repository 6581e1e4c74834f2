import { Migration } from '@mikro-orm/migrations'

const COMPANY = `company_id text not null check (company_id ~ '^[A-Za-z0-9_-]{1,48}$')`
/** Failed events of an invalid company token belong to nobody: `*` (design 6). */
const COMPANY_OR_NOBODY = `company_id text not null check (company_id = '*' or company_id ~ '^[A-Za-z0-9_-]{1,48}$')`

/** Roles are cluster-wide: another database of the cluster may have made them, or be making them right now. */
const ROLES = ['daisi_owner', 'daisi_writer', 'daisi_projector', 'daisi_reader', 'daisi_ops'].map((role) => `
do $$ begin
  if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin nosuperuser nobypassrls; end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  execute format('grant ${role} to %I with inherit false, set true', session_user);
exception when unique_violation or invalid_grant_operation then null;
end $$;`)

const TABLES = [`
create table daisi.companies (
  ${COMPANY} primary key, status text not null default 'active' check (status in ('active', 'suspended')),
  weight integer not null default 1 check (weight between 1 and 1000), limits jsonb, retention_days integer,
  created_at timestamptz not null default now(), updated_at timestamptz not null default now())`, `
create table daisi.acknowledged_positions (
  ${COMPANY}, stream text not null, sequence bigint not null, updated_at timestamptz not null default now(), primary key (company_id, stream))`, `
create table daisi.messages (
  ${COMPANY}, message_id text not null, id bigint generated always as identity,
  from_phone text, to_phone text, chat_id text, jid text, message_text text, message_url text, message_type text, key jsonb,
  edited_message_obj jsonb, message_obj jsonb, flow text, agent_id text, status text, is_deleted boolean not null default false,
  message_timestamp bigint, message_date date not null, last_metadata jsonb,
  created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
  row_version integer not null, merge jsonb not null, primary key (company_id, message_id))`, `
create index messages_chat on daisi.messages (company_id, chat_id, message_timestamp desc, message_id)`, `
create index messages_first_incoming on daisi.messages (company_id, agent_id, from_phone, message_timestamp) where flow = 'IN'`, `
create table daisi.chats (
  ${COMPANY}, chat_id text not null, id bigint generated always as identity,
  jid text, push_name text, group_name text, custom_name text, assigned_to text, is_group boolean, not_spam boolean, unread_count integer not null,
  last_message jsonb, conversation_timestamp bigint, agent_id text, phone_number text, last_metadata jsonb,
  created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
  row_version integer not null, merge jsonb not null, primary key (company_id, chat_id))`, `
create table daisi.contacts (
  ${COMPANY}, id text not null, phone_number text, agent_id text, chat_id text, type text, custom_name text, notes text, avatar text, pob text,
  origin text, push_name text, tags text, assigned_to text, dob date, gender text, status text not null default 'ACTIVE',
  first_message_id text, first_message_timestamp bigint, last_metadata jsonb,
  created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
  row_version integer not null, merge jsonb not null, primary key (company_id, id))`, `
create unique index contacts_person on daisi.contacts (company_id, agent_id, phone_number)`, `
create index contacts_chat on daisi.contacts (company_id, chat_id)`, `
create table daisi.contact_aliases (
  ${COMPANY}, alias text not null, merge jsonb not null, row_version integer not null, last_metadata jsonb,
  created_at timestamptz not null default now(), updated_at timestamptz not null default now(), primary key (company_id, alias))`, `
create table daisi.agents (
  ${COMPANY}, agent_id text not null, id bigint generated always as identity,
  qr_code text, status text, agent_name text, phone_number text, host_name text, version text, last_metadata jsonb,
  created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
  row_version integer not null, merge jsonb not null, primary key (company_id, agent_id))`, `
create table daisi.onboarding_log (
  ${COMPANY}, onboarding_id text not null, id bigint generated always as identity, message_id text not null, agent_id text not null,
  phone_number text not null, "timestamp" bigint not null, last_metadata jsonb,
  created_at timestamptz not null default now(), updated_at timestamptz not null default now(), row_version integer not null,
  primary key (company_id, onboarding_id))`, `
create index onboarding_log_message on daisi.onboarding_log (company_id, message_id)`, `
create table daisi.post_scan_syncs (
  ${COMPANY}, agent_id text not null, due_at timestamptz not null, done_at timestamptz,
  last_metadata jsonb, created_at timestamptz not null default now(), updated_at timestamptz not null default now(), row_version integer not null,
  primary key (company_id, agent_id))`, `
create table daisi.early_facts (
  ${COMPANY}, kind text not null, aggregate_id text not null, state jsonb not null, row_version integer not null,
  first_seen timestamptz not null default now(), updated_at timestamptz not null default now(), primary key (company_id, kind, aggregate_id))`, `
create table daisi.log_epoch (single boolean primary key default true check (single), epoch integer not null)`, `
insert into daisi.log_epoch (epoch) values (1)`, `
create table daisi.event_log (
  epoch integer not null, xid xid8 not null default pg_current_xact_id(), seq bigint generated always as identity,
  ${COMPANY}, kind text not null, aggregate_id text not null, aggregate_version integer not null, type text not null,
  schema_version smallint not null, payload jsonb not null, cause_stream text not null, cause_sequence bigint not null, cause_item integer not null,
  recorded_at timestamptz not null default clock_timestamp(), primary key (epoch, xid, seq))`, `
create unique index event_log_aggregate on daisi.event_log (company_id, kind, aggregate_id, aggregate_version)`, `
create table daisi.policy_checkpoints (
  policy text primary key, epoch integer not null, xid xid8 not null, seq bigint not null, updated_at timestamptz not null default now())`, `
create table daisi.failed_events (
  ${COMPANY_OR_NOBODY}, id bigint generated always as identity, stream text not null, sequence bigint not null, item integer not null,
  subject text not null, body bytea not null, headers jsonb not null, published_at timestamptz not null,
  reason text not null, pointer text not null, message text not null, status text not null check (status in ('retrying', 'dead', 'resolved')),
  attempts_started integer not null, attempts_finished integer not null, deliveries integer not null,
  first_failed_at timestamptz not null default now(), last_failed_at timestamptz not null default now(), dlq_published_at timestamptz,
  primary key (company_id, stream, sequence, item))`, `
create unique index failed_events_id on daisi.failed_events (id)`, `
create index failed_events_unpublished on daisi.failed_events (id) where status = 'dead' and dlq_published_at is null`, `
create table daisi.exhausted_events (
  ${COMPANY_OR_NOBODY}, id bigint not null, created_at timestamptz not null default now(), source_subject text not null, last_error text,
  retry_count bigint, event_timestamp timestamptz, dlq_payload jsonb not null, original_payload jsonb,
  resolved boolean not null default false, resolved_at timestamptz, notes text, primary key (company_id, id))`, `
create index exhausted_events_open on daisi.exhausted_events (company_id, resolved, event_timestamp)`]

const OF_A_COMPANY = ['messages', 'chats', 'contacts', 'contact_aliases', 'agents', 'onboarding_log', 'post_scan_syncs', 'early_facts', 'event_log',
  'companies', 'acknowledged_positions', 'failed_events', 'exhausted_events']

/** Flat from 1 to 1,000 companies; `= any((select …))` makes loads 20 times slower (measured, design 6). */
const WRITERS_COMPANIES = `company_id in (select unnest(string_to_array(nullif(current_setting('app.company_ids', true), ''), ',')))`

const PROTECTION = OF_A_COMPANY.flatMap((table) => [
  `alter table daisi.${table} enable row level security`, `alter table daisi.${table} force row level security`,
  `create policy owner_all on daisi.${table} to daisi_owner using (true) with check (true)`,
  `create policy writer_companies on daisi.${table} to daisi_writer using (${WRITERS_COMPANIES}) with check (${WRITERS_COMPANIES})`,
])

/** The registry and the failures are worked on across companies by ingest: each such policy is listed here and nowhere else. */
const ACROSS_COMPANIES = [
  `create policy projector_reads on daisi.event_log for select to daisi_projector using (true)`,
  ...['companies', 'acknowledged_positions'].map((table) => `create policy writer_registry on daisi.${table} to daisi_writer using (true) with check (true)`),
  ...['failed_events', 'exhausted_events'].map((table) => `create policy writer_failures on daisi.${table} to daisi_writer using (true) with check (true)`),
  ...['failed_events', 'exhausted_events'].map((table) => `create policy ops_all on daisi.${table} to daisi_ops using (true) with check (true)`),
  `create policy ops_registry on daisi.companies for select to daisi_ops using (true)`,
]

const GRANTS = [
  `grant usage on schema daisi to daisi_writer, daisi_projector, daisi_ops`,
  `grant usage on schema read to daisi_projector, daisi_reader`,
  `grant select, insert, update on daisi.messages, daisi.chats, daisi.contacts, daisi.contact_aliases, daisi.agents, daisi.onboarding_log,
     daisi.post_scan_syncs, daisi.companies, daisi.acknowledged_positions, daisi.policy_checkpoints to daisi_writer`,
  `grant select, insert, update, delete on daisi.early_facts to daisi_writer`,
  `grant insert, select on daisi.event_log to daisi_writer`,
  `grant select on daisi.log_epoch to daisi_writer, daisi_projector`,
  `grant select on daisi.event_log to daisi_projector`,
  `grant select, insert, update on daisi.failed_events, daisi.exhausted_events to daisi_writer`,
  `grant select, insert, update, delete on daisi.failed_events, daisi.exhausted_events to daisi_ops`,
  `grant select on daisi.companies to daisi_ops`,
]

/** Tables of the write side, roles and row-level security (design 6; contract 7). */
export class WriteSide extends Migration {
  override up(): void {
    for (const role of ROLES) this.addSql(role)
    this.addSql(`do $$ begin execute format('grant create on database %I to daisi_owner', current_database()); end $$`)
    this.addSql(`set local role daisi_owner`)
    this.addSql(`create schema daisi`)
    this.addSql(`create schema read`)
    for (const statement of [...TABLES, ...PROTECTION, ...ACROSS_COMPANIES, ...GRANTS]) this.addSql(statement)
    this.addSql(`reset role`)
  }
}
