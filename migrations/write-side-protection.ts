/** Tables of aggregates: a batch sees the companies it named and no other. */
const OF_THE_BATCH = ['messages', 'chats', 'contacts', 'contact_aliases', 'agents', 'onboarding_log', 'post_scan_syncs', 'early_facts',
  'event_log']
/** Tables that a process also works on across companies, for example to publish dead letters; it must say so. */
const ACROSS = ['companies', 'acknowledged_positions', 'company_leases', 'failed_events', 'exhausted_events']
const FOR_OPERATORS = ['companies', 'failed_events', 'exhausted_events', 'early_facts']

/**
 * Flat from 1 to 1,000 companies; `= any((select …))` makes loads 20 times slower (measured, design 6). A variable that was
 * ever set reads as '' afterwards, not as null (reliability 4.4).
 */
const BATCH_COMPANIES =
  `company_id in (select unnest(string_to_array(nullif(current_setting('app.company_ids', true), ''), ',')))`
const EVERY_COMPANY = `(select current_setting('app.every_company', true)) = 'on'`

const policy = (name: string, table: string, role: string, condition: string): string =>
  `create policy ${name} on daisi.${table} to ${role} using (${condition}) with check (${condition})`

/** Forced: the owner too passes through its policy, which migrations and restores need. */
const SECURITY = [...OF_THE_BATCH, ...ACROSS].flatMap((table) => [
  `alter table daisi.${table} enable row level security`, `alter table daisi.${table} force row level security`,
  policy('owner_all', table, 'daisi_owner', 'true'),
])

const POLICIES = [
  ...OF_THE_BATCH.map((table) => policy('writer_batch', table, 'daisi_writer', BATCH_COMPANIES)),
  ...ACROSS.map((table) => policy('writer_batch_or_every', table, 'daisi_writer', `${BATCH_COMPANIES} or ${EVERY_COMPANY}`)),
  ...FOR_OPERATORS.map((table) => policy('ops_batch_or_every', table, 'daisi_ops', `${BATCH_COMPANIES} or ${EVERY_COMPANY}`)),
  `create policy projector_reads on daisi.event_log for select to daisi_projector using (true)`,
]

/** Least privilege (reliability 4.3): no delete but of early facts folded in, no truncate, no reading of the log by writers. */
const GRANTS = [
  `grant usage on schema daisi to daisi_writer, daisi_projector, daisi_ops`,
  `grant usage on schema read to daisi_projector, daisi_reader`,
  `grant select, insert, update on daisi.messages, daisi.chats, daisi.contacts, daisi.contact_aliases, daisi.agents,
     daisi.onboarding_log, daisi.post_scan_syncs, daisi.companies, daisi.acknowledged_positions, daisi.company_leases,
     daisi.policy_checkpoints, daisi.failed_events, daisi.exhausted_events to daisi_writer`,
  `grant select, insert, update, delete on daisi.early_facts to daisi_writer`,
  `grant insert on daisi.event_log to daisi_writer`,
  `grant select on daisi.log_epoch to daisi_writer, daisi_projector`,
  `grant select on daisi.event_log to daisi_projector`,
  `grant select, update on daisi.failed_events, daisi.exhausted_events to daisi_ops`,
  `grant select, insert, update on daisi.companies to daisi_ops`,
  `grant select on daisi.early_facts, daisi.policy_checkpoints to daisi_ops`,
]

export const PROTECT: ReadonlyArray<string> = [...SECURITY, ...POLICIES, ...GRANTS]
