import { Migration } from '@mikro-orm/migrations'
import { migrations } from '../../../migrations/migrations.ts'

/**
 * Whoever waits for a table that a migration wants waits behind the migration: no longer than this, which is less than a process of the
 * service waits for a lock (in-role.ts; reliability G14).
 */
const OTHERS_WAIT_AT_MOST = `set local lock_timeout = '2s'`

type Known = (typeof migrations)[number]['class']

const patient = (Known: Known): Known => class extends Migration {
  override async up(): Promise<void> {
    const known = new Known(this.driver, this.config)
    await known.up()
    this.addSql(OTHERS_WAIT_AT_MOST)
    for (const statement of known.getQueries()) this.addSql(statement)
  }
}

/** All migrations; each gives up (SQLSTATE 55P03, nothing of it done) when it must wait long for a lock, and can be tried again. */
export const patientMigrations = migrations.map(({ name, class: known }) => ({ name, class: patient(known) }))
