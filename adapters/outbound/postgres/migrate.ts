import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { isBusy } from './busy.ts'
import { openOrm } from './orm.ts'

/** Key of the advisory lock that makes a second migrator wait: the letters DAISI. */
const MIGRATION_LOCK = 0x44_41_49_53_49

/** Work that was let through has time to end. */
const PAUSE_MS = 500
const GIVE_UP_AFTER_MS = 600_000

/** Tries until others leave room; what is applied stays so. */
const applyMissing = async (orm: MikroORM): Promise<ReadonlyArray<string>> => {
  const missing = await orm.migrator.getPending()
  for (const end = Date.now() + GIVE_UP_AFTER_MS; ; await sleep(PAUSE_MS))
    try {
      await orm.migrator.up()
      return missing.map(({ name }) => name)
    } catch (cause) {
      if (!isBusy(cause) || Date.now() > end) throw cause
    }
}

/**
 * Applies what is missing and answers the names; needs a login that may become `daisi_owner`. Two at once: one waits. Killed, it goes on
 * when run again.
 */
export const migrate = async (url: string): Promise<ReadonlyArray<string>> => {
  const guard = await openOrm({ url, poolSize: 1, name: 'daisi-migrate-lock', queryTimeoutMs: 0 })
  try {
    const connection = guard.em.getConnection().getClient()
    return await connection.connection().execute(async (locked) => {
      await sql`select pg_advisory_lock(${MIGRATION_LOCK}::bigint)`.execute(locked)
      const orm = await openOrm({ url, poolSize: 2, name: 'daisi-migrate', queryTimeoutMs: 0 })
      try {
        return await applyMissing(orm)
      } finally {
        await orm.close()
        await sql`select pg_advisory_unlock(${MIGRATION_LOCK}::bigint)`.execute(locked)
      }
    })
  } finally {
    await guard.close()
  }
}
