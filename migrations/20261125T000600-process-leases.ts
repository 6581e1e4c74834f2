import { Migration } from '@mikro-orm/migrations'

/**
 * Which ingest processes live; they share the companies by rank (ADR 0015). A lease a company, as the first release had it,
 * would be written thousands of times every few seconds.
 */
const PROCESSES = [
  `create table daisi.ingest_processes (holder text primary key, company_names text[] not null, expires_at timestamptz not null)`,
  `grant select, insert, update, delete on daisi.ingest_processes to daisi_writer`,
  `grant select on daisi.ingest_processes to daisi_ops`,
  `drop table daisi.company_leases`,
]

export class ProcessLeases extends Migration {
  override up(): void {
    this.addSql(`set local role daisi_owner`)
    for (const statement of PROCESSES) this.addSql(statement)
    this.addSql(`reset role`)
  }
}
