import { Migration } from '@mikro-orm/migrations'

const COMPANY = `company_id text not null check (company_id ~ '^[A-Za-z0-9_-]{1,48}$')`
const WRITTEN = `updated_at timestamptz not null default now()`

const TABLES = [`
create table read.message_timeline (
  ${COMPANY}, message_id text not null, chat_id text, agent_id text, jid text, flow text, status text, failed boolean not null,
  message_type text, message_text text, message_url text, from_phone text, to_phone text, key jsonb, message_timestamp bigint,
  sent_at bigint not null, edited_at bigint, edited_message_obj jsonb, is_deleted boolean not null, message_obj jsonb,
  merge jsonb not null, ${WRITTEN}, primary key (company_id, message_id))`, `
create index message_timeline_chat on read.message_timeline (company_id, chat_id, sent_at desc, message_id desc)`, `
create table read.chat_overview (
  ${COMPANY}, chat_id text not null, visible boolean not null default false, jid text, phone_number text, push_name text, custom_name text,
  is_group boolean, group_name text, not_spam boolean, agent_id text, assigned_to text, unread_count integer, conversation_at bigint, last_message jsonb,
  last_message_id text, last_message_at bigint,
  last_activity_at bigint not null generated always as (greatest(coalesce(conversation_at, 0), coalesce(last_message_at, 0))) stored,
  merge jsonb, ${WRITTEN}, primary key (company_id, chat_id))`, `
create index chat_overview_activity on read.chat_overview (company_id, last_activity_at desc, chat_id desc) where visible`, `
create table read.contact_card (
  ${COMPANY}, contact_id text not null, agent_id text, phone_number text, chat_id text, type text, custom_name text, push_name text, notes text, tags text,
  avatar text, assigned_to text, pob text, dob date, gender text, origin text, status text not null, first_message_id text, first_message_timestamp bigint,
  merge jsonb not null, ${WRITTEN}, primary key (company_id, contact_id))`, `
create unique index contact_card_person on read.contact_card (company_id, agent_id, phone_number)`, `
create table read.agent_board (
  ${COMPANY}, agent_id text not null, status text, agent_name text, phone_number text, host_name text, version text, merge jsonb not null, ${WRITTEN},
  primary key (company_id, agent_id))`, `
create table read.onboarding_list (
  ${COMPANY}, onboarding_id text not null, agent_id text not null, phone_number text not null, message_id text not null, "timestamp" bigint not null, ${WRITTEN},
  primary key (company_id, onboarding_id))`, `
create index onboarding_list_latest on read.onboarding_list (company_id, "timestamp" desc, onboarding_id desc)`, `
create table read.company_totals (${COMPANY} primary key, messages bigint not null)`, `
create table read.checkpoint (
  name text primary key, epoch integer not null, xid xid8 not null, seq bigint not null, fact_at timestamptz, ${WRITTEN})`]

const OF_A_COMPANY = ['message_timeline', 'chat_overview', 'contact_card', 'agent_board', 'onboarding_list', 'company_totals']

/** The unset variable reads as '' on a used connection, which no company is (reliability 4.4). */
const READERS_COMPANY = `company_id = (select nullif(current_setting('app.company_id', true), ''))`

const PROTECTION = OF_A_COMPANY.flatMap((table) => [
  `alter table read.${table} enable row level security`, `alter table read.${table} force row level security`,
  `create policy owner_all on read.${table} to daisi_owner using (true) with check (true)`,
  `create policy projector_all on read.${table} to daisi_projector using (true) with check (true)`,
  `create policy reader_company on read.${table} for select to daisi_reader using (${READERS_COMPANY})`,
  `grant select, insert, update on read.${table} to daisi_projector`,
  `grant select on read.${table} to daisi_reader`,
])

/** Read models and their checkpoints (design 6, 7): no pairing code is stored here. */
export class ReadModels extends Migration {
  override up(): void {
    this.addSql(`set local role daisi_owner`)
    for (const statement of [...TABLES, ...PROTECTION]) this.addSql(statement)
    this.addSql(`grant select, insert, update on read.checkpoint to daisi_projector`)
    this.addSql(`grant select on read.checkpoint to daisi_reader`)
    this.addSql(`reset role`)
  }
}
