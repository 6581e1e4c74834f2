import { Migration } from '@mikro-orm/migrations'

const RUNTIME_ROLES = 'daisi_writer, daisi_projector, daisi_reader, daisi_ops'

/** The login that migrates made this table in its own schema, usually `public`; a process reads there which release the schema is of. */
const APPLIED = 'daisi_migrations'

/** Only who owns the schema can; where another does, it is for its owner to decide (reliability 4.3). */
const CLOSE_PUBLIC = `
do $$
begin
  if exists (select from pg_namespace where nspname = 'public' and pg_has_role(current_user, nspowner, 'usage')) then
    revoke all on schema public from public;
    grant usage on schema public to ${RUNTIME_ROLES};
  end if;
end $$`

/** What the rules of reliability 4.4 found: `public` is nobody's, and operators list early facts without what the customers wrote. */
export class LeastPrivilege extends Migration {
  override up(): void {
    this.addSql(CLOSE_PUBLIC)
    this.addSql(`grant select on ${APPLIED} to ${RUNTIME_ROLES}`)
    this.addSql(`set local role daisi_owner`)
    this.addSql(`revoke select on daisi.early_facts from daisi_ops`)
    this.addSql(`grant select (company_id, kind, aggregate_id, row_version, first_seen, updated_at) on daisi.early_facts to daisi_ops`)
    this.addSql(`reset role`)
  }
}
