/** Ids compare by code point, whatever the database's locale: pages and cursors must not depend on it. */
const ID = 'text collate "C"'
const COMPANY = `company_id ${ID} not null check (company_id ~ '^[A-Za-z0-9_-]{1,48}$')`
const WRITTEN = `updated_at timestamptz not null default now()`

/** Only rows that readers may see; a chat of which only messages are known is not visible. */
const VISIBLE = `visible boolean not null default true`

/** `merge` and `state` hold what folding needs and the columns do not say; times are seconds since 1970. */
export const READ_MODEL_TABLES: ReadonlyArray<string> = [`
create table read.message_timeline (
  ${COMPANY}, message_id ${ID} not null, ${VISIBLE}, chat_id ${ID}, agent_id text, jid text, flow text, status text, failed boolean not null,
  type text, text text, media_url text, from_phone text, to_phone text, sent_at bigint not null, edited_at bigint, edited_content jsonb,
  is_deleted boolean not null, content jsonb, key jsonb, merge jsonb not null, ${WRITTEN}, primary key (company_id, message_id))`, `
create index message_timeline_chat on read.message_timeline (company_id, chat_id, sent_at desc, message_id desc) where visible`, `
create table read.chat_overview (
  ${COMPANY}, chat_id ${ID} not null, visible boolean not null default false, jid text, phone_number text, push_name text, custom_name text,
  is_group boolean not null default false, group_name text, not_spam boolean, agent_id text, assigned_to text,
  unread_count integer not null default 0, conversation_at bigint, snapshot jsonb, last_message_id ${ID}, last_message_at bigint,
  last_activity_at bigint not null generated always as (greatest(conversation_at, last_message_at, 0)) stored,
  state jsonb, ${WRITTEN}, primary key (company_id, chat_id))`, `
create index chat_overview_activity on read.chat_overview (company_id, last_activity_at desc, chat_id desc) where visible`, `
create table read.contact_card (
  ${COMPANY}, contact_id ${ID} not null, ${VISIBLE}, agent_id ${ID}, phone_number ${ID}, chat_id ${ID}, type text, custom_name text,
  push_name text, notes text, tags text, avatar text, assigned_to text, pob text, dob bigint, gender text, origin text, status text not null,
  first_message_id text, first_message_at bigint, state jsonb not null, ${WRITTEN}, primary key (company_id, contact_id))`, `
create index contact_card_person on read.contact_card (company_id, agent_id, phone_number)`, `
create index contact_card_chat on read.contact_card (company_id, chat_id)`, `
create table read.agent_board (
  ${COMPANY}, agent_id ${ID} not null, status text, agent_name text, host_name text, agent_version text, phone_number text,
  state jsonb not null, ${WRITTEN}, primary key (company_id, agent_id))`, `
create table read.onboarding_list (
  ${COMPANY}, onboarding_id ${ID} not null, agent_id ${ID} not null, phone_number ${ID} not null, message_id ${ID} not null,
  message_at bigint not null, ${WRITTEN}, primary key (company_id, onboarding_id))`, `
create index onboarding_list_latest on read.onboarding_list (company_id, message_at desc, agent_id, phone_number)`, `
create table read.company_totals (
  ${COMPANY} primary key, messages bigint not null default 0, chats bigint not null default 0, contacts bigint not null default 0,
  unread bigint not null default 0)`, `
create table read.checkpoint (
  name text primary key, epoch integer not null default 0, xid xid8 not null default '0', seq bigint not null default 0, fact_at timestamptz,
  lease_owner text, lease_until timestamptz, ${WRITTEN})`]
