import { Migration } from '@mikro-orm/migrations'
import { PROTECT } from './write-side-protection.ts'
import { CREATE_ROLES, LET_OWNER_CREATE } from './write-side-roles.ts'
import { CREATE_TABLES } from './write-side-tables.ts'

/** Roles, tables of the write side and their row-level security (design 6; contract 7); the schema of the read models, empty. */
export class WriteSide extends Migration {
  override up(): void {
    this.addSql(CREATE_ROLES)
    this.addSql(LET_OWNER_CREATE)
    this.addSql(`set local role daisi_owner`)
    this.addSql(`create schema daisi`)
    this.addSql(`create schema read`)
    for (const statement of [...CREATE_TABLES, ...PROTECT]) this.addSql(statement)
    this.addSql(`reset role`)
  }
}
