const COMPANY_OR_NOBODY = `company_id text not null check (company_id = '*' or company_id ~ '^[A-Za-z0-9_-]{1,48}$')`

/** Base subject of an event: all but the company. */
const EVENT_TYPE = `regexp_replace(subject, '\\.[^.]*$', '')`
/** Place of a problem in any event of its type: `/messages/3/jid` is `/messages/*\/jid` (an index says nothing). */
const PLACE = `regexp_replace(pointer, '/[0-9]+', '/*', 'g')`

/**
 * `retrying`: the broker still delivers it. `dead`: a dead letter, the worker tries it again at `next_retry_at`. `exhausted`: nobody tries
 * any more but an operator. `resolved`: applied after all. `discarded`: an operator has given it up.
 */
const STATUSES = `'retrying', 'dead', 'exhausted', 'resolved', 'discarded'`

/** Of the first release: dead was final. */
export const EXTEND_FAILED_EVENTS: ReadonlyArray<string> = [`
alter table daisi.failed_events drop constraint failed_events_status_check`, `
update daisi.failed_events set status = 'exhausted' where status = 'dead'`, `
alter table daisi.failed_events
  add constraint failed_events_status_check check (status in (${STATUSES})),
  add column event_type text not null generated always as (${EVENT_TYPE}) stored,
  add column place text not null generated always as (${PLACE}) stored,
  add column fingerprint text not null generated always as (left(md5(${EVENT_TYPE} || ' ' || reason || ' ' || ${PLACE}), 12)) stored,
  add column attempts jsonb not null default '[]',
  add column retries integer not null default 0, add column next_retry_at timestamptz,
  add column claims integer not null default 0, add column claimed_until timestamptz,
  add column edited_body bytea, add column edited_by text, add column edited_at timestamptz, add column note text`, `
drop index daisi.failed_events_unpublished`, `
create index failed_events_unpublished on daisi.failed_events (company_id, id)
  where status in ('dead', 'exhausted') and dlq_published_at is null`, `
create index failed_events_due on daisi.failed_events (company_id, next_retry_at) where status in ('dead', 'retrying')`, `
create index failed_events_latest on daisi.failed_events (company_id, last_failed_at desc, id desc)`, `
create index failed_events_fingerprint on daisi.failed_events (company_id, fingerprint, status)`]

/**
 * A replay of a frozen set of failed events: who asked, how fast, how far. `waiting` items are in one job only, so
 * that no event is replayed by two at once; a dry run hinders nobody.
 */
export const CREATE_REDRIVE: ReadonlyArray<string> = [`
create table daisi.replay_jobs (
  ${COMPANY_OR_NOBODY}, id uuid not null, dry_run boolean not null, requested_by text not null, filter jsonb not null,
  per_second integer not null check (per_second between 1 and 10000), not_before timestamptz not null default now(),
  status text not null check (status in ('running', 'finished', 'aborted')), total integer not null,
  created_at timestamptz not null default now(), finished_at timestamptz,
  primary key (company_id, id))`, `
create index replay_jobs_latest on daisi.replay_jobs (company_id, created_at desc, id desc)`, `
create table daisi.replay_items (
  ${COMPANY_OR_NOBODY}, job_id uuid not null, failed_event_id bigint not null, dry_run boolean not null,
  status text not null default 'waiting' check (status in ('waiting', 'applied', 'unchanged', 'failed', 'skipped', 'aborted')),
  reason text, changes jsonb, finished_at timestamptz,
  primary key (company_id, job_id, failed_event_id),
  foreign key (company_id, job_id) references daisi.replay_jobs (company_id, id),
  foreign key (company_id, failed_event_id) references daisi.failed_events (company_id, id))`, `
create unique index replay_items_once on daisi.replay_items (company_id, failed_event_id) where status = 'waiting' and not dry_run`, `
create index replay_items_waiting on daisi.replay_items (company_id, job_id, failed_event_id) where status = 'waiting'`, `
create table daisi.operator_audit (
  ${COMPANY_OR_NOBODY}, id bigint generated always as identity, at timestamptz not null default clock_timestamp(),
  actor text not null, action text not null, target text not null, outcome text not null, details jsonb not null,
  primary key (company_id, id))`]

const TABLES = ['replay_jobs', 'replay_items', 'operator_audit']
const BATCH_COMPANIES =
  `company_id in (select unnest(string_to_array(nullif(current_setting('app.company_ids', true), ''), ',')))`
const EVERY_COMPANY = `(select current_setting('app.every_company', true)) = 'on'`
const VISIBLE = `${BATCH_COMPANIES} or ${EVERY_COMPANY}`

const policy = (name: string, table: string, role: string, condition: string): string =>
  `create policy ${name} on daisi.${table} to ${role} using (${condition}) with check (${condition})`

/** The audit grows and never changes: nobody may update or delete it. */
const GRANTS = [
  `grant select, update on daisi.replay_jobs, daisi.replay_items to daisi_writer`,
  `grant select, insert, update on daisi.replay_jobs, daisi.replay_items to daisi_ops`,
  `grant insert on daisi.operator_audit to daisi_writer`, `grant select, insert on daisi.operator_audit to daisi_ops`,
]

export const PROTECT_REDRIVE: ReadonlyArray<string> = [
  ...TABLES.flatMap((table) => [
    `alter table daisi.${table} enable row level security`, `alter table daisi.${table} force row level security`,
    policy('owner_all', table, 'daisi_owner', 'true'), policy('writer_batch_or_every', table, 'daisi_writer', VISIBLE),
    policy('ops_batch_or_every', table, 'daisi_ops', VISIBLE),
  ]),
  ...GRANTS,
]
