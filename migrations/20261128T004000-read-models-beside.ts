import { Migration } from '@mikro-orm/migrations'

/** What stands beside the read models that are served: being built, or the old ones that a switch has replaced (ADR 0020). */
const BESIDE = [
  `create schema read_beside`,
  // empty but inside the transaction of a switch: names of indexes are taken in the other two
  `create schema read_switch`,
  `grant usage on schema read_beside to daisi_projector`,
  `create table read_beside.rebuild (
     name text primary key, state text not null check (state in ('building', 'replaced', 'rejected')),
     started_at timestamptz not null default now(), switched_at timestamptz)`,
]

/** The place of the other generation of a read model. Its tables come and go with `daisi rebuild`; no role of the service sees the list. */
export class ReadModelsBeside extends Migration {
  override up(): void {
    this.addSql(`set local role daisi_owner`)
    for (const statement of BESIDE) this.addSql(statement)
    this.addSql(`reset role`)
  }
}
