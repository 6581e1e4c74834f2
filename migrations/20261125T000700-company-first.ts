import { Migration } from '@mikro-orm/migrations'

/** Design 6: the company comes first in every index. These two stay small: they hold what runs at the moment. */
const INDEXES = [
  `drop index daisi.replay_items_claimed`,
  `create index replay_items_claimed on daisi.replay_items (company_id, claimed_until) where status = 'waiting' and claims > 0`,
  `drop index daisi.replay_jobs_running`,
  `create index replay_jobs_running on daisi.replay_jobs (company_id, not_before) where status = 'running'`,
]

export class CompanyFirst extends Migration {
  override up(): void {
    this.addSql(`set local role daisi_owner`)
    for (const statement of INDEXES) this.addSql(statement)
    this.addSql(`reset role`)
  }
}
