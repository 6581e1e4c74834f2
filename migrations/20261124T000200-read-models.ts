import { Migration } from '@mikro-orm/migrations'
import { READ_MODEL_TABLES } from './read-model-tables.ts'

const OF_A_COMPANY = ['message_timeline', 'chat_overview', 'contact_card', 'agent_board', 'onboarding_list', 'company_totals']

/** The unset variable reads as '' on a used connection, which no company is (reliability 4.4). */
const READERS_COMPANY = `company_id = (select nullif(current_setting('app.company_id', true), ''))`

const PROTECTION = OF_A_COMPANY.flatMap((table) => [
  `alter table read.${table} enable row level security`, `alter table read.${table} force row level security`,
  `create policy owner_all on read.${table} to daisi_owner using (true) with check (true)`,
  `create policy projector_all on read.${table} to daisi_projector using (true) with check (true)`,
  `create policy reader_company on read.${table} for select to daisi_reader using (${READERS_COMPANY})`,
  `grant select, insert, update on read.${table} to daisi_projector`,
  `grant select on read.${table} to daisi_reader`,
])

/** Read models and their checkpoints (design 6, 7): no pairing code is stored here. */
export class ReadModels extends Migration {
  override up(): void {
    this.addSql(`set local role daisi_owner`)
    for (const statement of [...READ_MODEL_TABLES, ...PROTECTION]) this.addSql(statement)
    this.addSql(`grant select, insert, update on read.checkpoint to daisi_projector`)
    this.addSql(`grant select on read.checkpoint to daisi_reader`)
    this.addSql(`reset role`)
  }
}
