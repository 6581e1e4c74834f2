import { Migration } from '@mikro-orm/migrations'

/** How far a run has come and who has it; done and progress are reset when it is requested again (contract 4.9, 5.4). */
const RUNS = [
  `alter table daisi.post_scan_syncs add column resume_after text, add column leased_until timestamptz`,
  `create index post_scan_syncs_open on daisi.post_scan_syncs (company_id, due_at) where done_at is null`,
]

/**
 * The lowest clock's time of a message's upserts: unlike the time that is shown, it can only fall, so the oldest message of
 * a customer does not depend on when one looks. A column of its own, so that updates which leave it alone touch no index.
 */
const OLDEST = [
  `alter table daisi.messages add column first_seen bigint generated always as ((merge -> 'f' ->> 0)::bigint) stored`,
  `drop index daisi.messages_first_incoming`,
  `create index messages_oldest_incoming on daisi.messages (company_id, agent_id, from_phone, first_seen) where flow = 'IN'`,
]

/** What the post-scan sync needs to run. Rewrites `messages` once. */
export class PostScanSync extends Migration {
  override up(): void {
    this.addSql(`set local role daisi_owner`)
    for (const statement of [...RUNS, ...OLDEST]) this.addSql(statement)
    this.addSql(`reset role`)
  }
}
