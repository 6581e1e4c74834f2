import { Migration } from '@mikro-orm/migrations'

/** The unset variable reads as '' on a used connection, which no company is (reliability 4.4). */
const READERS_COMPANY = `company_id = (select nullif(current_setting('app.company_id', true), ''))`

/** A reader sees of the registry whether its own company is suspended, and nothing else (bad inputs Q32). */
export class CompanyStatusForReaders extends Migration {
  override up(): void {
    this.addSql(`set local role daisi_owner`)
    this.addSql(`create policy reader_company on daisi.companies for select to daisi_reader using (${READERS_COMPANY})`)
    this.addSql(`grant usage on schema daisi to daisi_reader`)
    this.addSql(`grant select (company_id, status) on daisi.companies to daisi_reader`)
    this.addSql(`reset role`)
  }
}
