import { Migration } from '@mikro-orm/migrations'

/** Nobody waits for this: it bars neither readers nor writers. */
const VALIDATE_CHECKS = `
do $$
declare unseen record;
begin
  for unseen in
    select conrelid::regclass as of_table, conname as name from pg_constraint
    where contype = 'c' and not convalidated and connamespace in ('daisi'::regnamespace, 'read'::regnamespace)
  loop
    execute format('alter table %s validate constraint %I', unseen.of_table, unseen.name);
  end loop;
end $$`

/**
 * A payload is written once and read as text: `json` keeps the text, `jsonb` takes it apart and puts it together again. Measured: 8 of
 * the 52 µs that PostgreSQL needs for a message and its facts (ADR 0019). Rewrites the log once. Before it, the checks that the migration
 * before has put see the rows that were there.
 */
export class FactsAsTheyWereWritten extends Migration {
  override up(): void {
    this.addSql(`set local role daisi_owner`)
    this.addSql(VALIDATE_CHECKS)
    this.addSql(`alter table daisi.event_log alter column payload type json using payload::text::json`)
    this.addSql(`reset role`)
  }
}
