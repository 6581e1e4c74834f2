import { Migration } from '@mikro-orm/migrations'

/**
 * A replayed item is claimed by itself, not through its failed event: a dry run must change no row of `failed_events` (issue: redrive),
 * and what kills the process must be known in a dry run too.
 */
export class ReplayClaims extends Migration {
  override up(): void {
    this.addSql(`set local role daisi_owner`)
    this.addSql(`alter table daisi.replay_items add column claims integer not null default 0, add column claimed_until timestamptz`)
    this.addSql(`create index replay_items_claimed on daisi.replay_items (claimed_until) where status = 'waiting' and claims > 0`)
    this.addSql(`create index replay_jobs_running on daisi.replay_jobs (not_before) where status = 'running'`)
    this.addSql(`reset role`)
  }
}
