import { Migration } from '@mikro-orm/migrations'
import { CREATE_REDRIVE, EXTEND_FAILED_EVENTS, PROTECT_REDRIVE } from './dead-letter-tables.ts'

/** Retries, dead letters, replays and the operators' audit (design 6, 8). */
export class DeadLetters extends Migration {
  override up(): void {
    this.addSql(`set local role daisi_owner`)
    for (const statement of [...EXTEND_FAILED_EVENTS, ...CREATE_REDRIVE, ...PROTECT_REDRIVE]) this.addSql(statement)
    this.addSql(`reset role`)
  }
}
