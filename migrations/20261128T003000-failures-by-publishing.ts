import { Migration } from '@mikro-orm/migrations'

/**
 * A stream that was deleted and made anew counts from 1 again; when the broker stored an event tells it from an older one of the same
 * number (ADR 0012). Rows are unique by less already, so none can be in the way. An ingest of the release before cannot keep
 * failures from here on: it acknowledges none of their events, and the new one has them.
 */
export class FailuresByPublishing extends Migration {
  override up(): void {
    this.addSql(`set local role daisi_owner`)
    this.addSql(`alter table daisi.failed_events drop constraint failed_events_pkey,
      add primary key (company_id, stream, sequence, item, published_at)`)
    this.addSql(`reset role`)
  }
}
