/** Ids compare by code point, whatever the database's locale: pages and cursors must not depend on it. */
const ID = 'text collate "C"'
const COMPANY = `company_id ${ID} not null check (company_id ~ '^[A-Za-z0-9_-]{1,48}$')`
const WRITTEN = `updated_at timestamptz not null default now()`

/**
 * Columns are named as on the write side, for people read both by SQL. `merge` holds what folding needs and the other
 * columns do not say; in a chat of which only messages are known it is null, and the chat is not visible.
 */
export const READ_MODEL_TABLES: ReadonlyArray<string> = [`
create table read.message_timeline (
  ${COMPANY}, message_id ${ID} not null, chat_id ${ID}, agent_id ${ID}, jid text, flow text, status text, failed boolean not null,
  message_type text, message_text text, message_url text, from_phone text, to_phone text, key jsonb, message_timestamp bigint,
  sent_at bigint not null, edited_at bigint, edited_message_obj jsonb, is_deleted boolean not null, message_obj jsonb,
  merge jsonb not null, ${WRITTEN}, primary key (company_id, message_id))`, `
create index message_timeline_chat on read.message_timeline (company_id, chat_id, sent_at desc, message_id desc)`, `
create table read.chat_overview (
  ${COMPANY}, chat_id ${ID} not null, visible boolean not null default false, jid text, phone_number ${ID}, push_name text,
  custom_name text, is_group boolean not null default false, group_name text, not_spam boolean, agent_id ${ID}, assigned_to text,
  unread_count integer not null default 0, conversation_at bigint, last_message jsonb, last_message_id ${ID}, last_message_at bigint,
  last_activity_at bigint not null generated always as (greatest(conversation_at, last_message_at, 0)) stored,
  merge jsonb, ${WRITTEN}, primary key (company_id, chat_id))`, `
create index chat_overview_activity on read.chat_overview (company_id, last_activity_at desc, chat_id desc) where visible`, `
create table read.contact_card (
  ${COMPANY}, contact_id ${ID} not null, agent_id ${ID}, phone_number ${ID}, chat_id ${ID}, type text, custom_name text,
  push_name text, notes text, tags text, avatar text, assigned_to text, pob text, dob date, gender text, origin text, status text not null,
  first_message_id text, first_message_timestamp bigint, merge jsonb not null, ${WRITTEN}, primary key (company_id, contact_id))`, `
create index contact_card_person on read.contact_card (company_id, agent_id, phone_number)`, `
create index contact_card_latest on read.contact_card (company_id, (coalesce(first_message_timestamp, 0)) desc, contact_id desc)`, `
create table read.agent_board (
  ${COMPANY}, agent_id ${ID} not null, status text, agent_name text, phone_number text, host_name text, version text,
  merge jsonb not null, ${WRITTEN}, primary key (company_id, agent_id))`, `
create table read.onboarding_list (
  ${COMPANY}, onboarding_id ${ID} not null, agent_id ${ID} not null, phone_number ${ID} not null, message_id ${ID} not null,
  "timestamp" bigint not null, ${WRITTEN}, primary key (company_id, onboarding_id))`, `
create index onboarding_list_latest on read.onboarding_list (company_id, "timestamp" desc, onboarding_id desc)`, `
create table read.company_totals (
  ${COMPANY} primary key, messages bigint not null default 0, chats bigint not null default 0, contacts bigint not null default 0,
  unread bigint not null default 0)`, `
create table read.checkpoint (
  name text primary key, epoch integer not null default 0, xid xid8 not null default '0', seq bigint not null default 0,
  fact_at timestamptz, lease_owner text, lease_until timestamptz, ${WRITTEN})`]
