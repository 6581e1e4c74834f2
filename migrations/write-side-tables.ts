const COMPANY = `company_id text not null check (company_id ~ '^[A-Za-z0-9_-]{1,48}$')`
/** Failed events of an invalid company token belong to nobody: `*` (design 6). */
const COMPANY_OR_NOBODY = `company_id text not null check (company_id = '*' or company_id ~ '^[A-Za-z0-9_-]{1,48}$')`
/** Database times, in UTC; the second moves only when something changes (design 5). */
const TIMES = `created_at timestamptz not null default now(), updated_at timestamptz not null default now()`
/** `row_version`: facts behind the row; `agents.version` is the gateway's and taken (contract 7.4). */
const STATE = `last_metadata jsonb, ${TIMES}, row_version integer not null`
const ID = `id bigint generated always as identity`

/** The registry and what is remembered for the broker (design 4, 6). */
const COMPANIES = [`
create table daisi.companies (
  ${COMPANY} primary key, status text not null default 'active' check (status in ('active', 'suspended')),
  weight integer not null default 1 check (weight between 1 and 1000), limits jsonb, retention_days integer check (retention_days > 0),
  ${TIMES})`, `
create table daisi.acknowledged_positions (
  ${COMPANY}, stream text not null, sequence bigint not null, updated_at timestamptz not null default now(),
  primary key (company_id, stream))`, `
create table daisi.company_leases (
  ${COMPANY} primary key, holder text not null, expires_at timestamptz not null)`]

/** Names and types of the contract (7.1 to 7.5); `merge` holds what the columns cannot say: clocks and flags. */
const STATES = [`
create table daisi.messages (
  ${COMPANY}, message_id text not null, ${ID},
  from_phone text, to_phone text, chat_id text, jid text, message_text text, message_url text, message_type text, key jsonb,
  edited_message_obj jsonb, message_obj jsonb, flow text, agent_id text, status text, is_deleted boolean not null default false,
  message_timestamp bigint, message_date date not null, ${STATE}, merge jsonb not null,
  primary key (company_id, message_id))`, `
create index messages_chat on daisi.messages (company_id, chat_id, message_timestamp desc, message_id)`, `
create index messages_first_incoming on daisi.messages (company_id, agent_id, from_phone, message_timestamp) where flow = 'IN'`, `
create table daisi.chats (
  ${COMPANY}, chat_id text not null, ${ID},
  jid text, push_name text, group_name text, custom_name text, assigned_to text, is_group boolean, not_spam boolean,
  unread_count integer not null, last_message jsonb, conversation_timestamp bigint, agent_id text, phone_number text,
  ${STATE}, merge jsonb not null,
  primary key (company_id, chat_id))`, `
create table daisi.contacts (
  ${COMPANY}, id text not null, phone_number text, agent_id text, chat_id text, type text, custom_name text, notes text, avatar text,
  pob text, origin text, push_name text, tags text, assigned_to text, dob date, gender text, status text not null default 'ACTIVE',
  first_message_id text, first_message_timestamp bigint, ${STATE}, merge jsonb not null,
  primary key (company_id, id))`, `
create unique index contacts_person on daisi.contacts (company_id, agent_id, phone_number)`, `
create index contacts_chat on daisi.contacts (company_id, chat_id)`, `
create table daisi.contact_aliases (
  ${COMPANY}, alias text not null, ${STATE}, merge jsonb not null, primary key (company_id, alias))`, `
create table daisi.agents (
  ${COMPANY}, agent_id text not null, ${ID},
  qr_code text, status text, agent_name text, phone_number text, host_name text, version text, ${STATE}, merge jsonb not null,
  primary key (company_id, agent_id))`, `
create table daisi.onboarding_log (
  ${COMPANY}, onboarding_id text not null, ${ID}, message_id text not null, agent_id text not null,
  phone_number text not null, "timestamp" bigint not null, ${STATE},
  primary key (company_id, onboarding_id))`, `
create index onboarding_log_message on daisi.onboarding_log (company_id, message_id)`, `
create table daisi.post_scan_syncs (
  ${COMPANY}, agent_id text not null, due_at timestamptz not null, done_at timestamptz, ${STATE},
  primary key (company_id, agent_id))`, `
create table daisi.early_facts (
  ${COMPANY}, kind text not null, aggregate_id text not null, state jsonb not null, row_version integer not null,
  first_seen timestamptz not null default now(), updated_at timestamptz not null default now(),
  primary key (company_id, kind, aggregate_id))`]

/** The log's own key has no company: its order is the whole cluster's (design 6). */
const LOG = [`
create table daisi.log_epoch (single boolean primary key default true check (single), epoch integer not null)`, `
insert into daisi.log_epoch (epoch) values (1)`, `
create table daisi.event_log (
  epoch integer not null, xid xid8 not null default pg_current_xact_id(), seq bigint generated always as identity,
  ${COMPANY}, kind text not null, aggregate_id text not null, aggregate_version integer not null, type text not null,
  schema_version smallint not null, payload jsonb not null, cause_stream text not null, cause_sequence bigint not null,
  cause_item integer not null, recorded_at timestamptz not null default clock_timestamp(),
  primary key (epoch, xid, seq))`, `
create unique index event_log_aggregate on daisi.event_log (company_id, kind, aggregate_id, aggregate_version)`, `
create table daisi.policy_checkpoints (
  policy text primary key, epoch integer not null, xid xid8 not null, seq bigint not null,
  updated_at timestamptz not null default now())`]

/** `item` is -1 for an event as a whole, so that it can be part of the key. `exhausted_events`: contract 7.6. */
const FAILURES = [`
create table daisi.failed_events (
  ${COMPANY_OR_NOBODY}, ${ID}, stream text not null, sequence bigint not null, item integer not null check (item >= -1),
  subject text not null, body bytea not null, headers jsonb not null, published_at timestamptz not null,
  reason text not null, pointer text not null, message text not null,
  status text not null check (status in ('retrying', 'dead', 'resolved')),
  attempts_started integer not null, attempts_finished integer not null, max_attempts integer not null, deliveries integer not null,
  first_failed_at timestamptz not null default now(), last_failed_at timestamptz not null default now(), dlq_published_at timestamptz,
  primary key (company_id, stream, sequence, item))`, `
create unique index failed_events_id on daisi.failed_events (company_id, id)`, `
create index failed_events_unpublished on daisi.failed_events (company_id, id) where status = 'dead' and dlq_published_at is null`, `
create table daisi.exhausted_events (
  ${COMPANY_OR_NOBODY}, id bigint not null, created_at timestamptz not null default now(), source_subject text not null,
  last_error text, retry_count bigint, event_timestamp timestamptz, dlq_payload jsonb not null, original_payload jsonb,
  resolved boolean not null default false, resolved_at timestamptz, notes text,
  primary key (company_id, id))`, `
create index exhausted_events_open on daisi.exhausted_events (company_id, resolved, event_timestamp)`]

export const CREATE_TABLES: ReadonlyArray<string> = [...COMPANIES, ...STATES, ...LOG, ...FAILURES]
