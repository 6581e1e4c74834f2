import { Migration } from '@mikro-orm/migrations'

/** The unset variable reads as '' on a used connection, which no company is (reliability 4.4). */
const READERS_COMPANY = `company_id = (select nullif(current_setting('app.company_id', true), ''))`

/**
 * Since when events of a company wait, as ingest saw it last: the company's own lag, which no metric's label may hold. What counts
 * failures by reason for metrics, without a look at those that are resolved. And the trace that a fact was stored in, as W3C
 * `traceparent`, so that its projection can be found from it; null where nobody traces.
 */
export class Observability extends Migration {
  override up(): void {
    this.addSql(`set local role daisi_owner`)
    this.addSql(`alter table daisi.acknowledged_positions add column unprocessed_since timestamptz`)
    this.addSql(`create policy reader_company on daisi.acknowledged_positions for select to daisi_reader using (${READERS_COMPANY})`)
    this.addSql(`grant select (company_id, stream, unprocessed_since) on daisi.acknowledged_positions to daisi_reader`)
    this.addSql(`create index failed_events_open on daisi.failed_events (company_id, status, reason)
      where status in ('retrying', 'dead', 'exhausted')`)
    this.addSql(`alter table daisi.event_log add column trace_parent text`)
    this.addSql(`reset role`)
  }
}
