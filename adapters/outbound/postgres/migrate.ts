import { sql } from 'kysely'
import { openOrm } from './orm.ts'

/** Key of the advisory lock that makes a second migrator wait: the letters DAISI. */
const MIGRATION_LOCK = 0x44_41_49_53_49

/** Applies what is missing and answers the names; needs a login that may become `daisi_owner`. Two at once: one waits. */
export const migrate = async (url: string): Promise<ReadonlyArray<string>> => {
  const guard = await openOrm({ url, poolSize: 1, name: 'daisi-migrate-lock', queryTimeoutMs: 0 })
  try {
    const connection = guard.em.getConnection().getClient()
    return await connection.connection().execute(async (locked) => {
      await sql`select pg_advisory_lock(${MIGRATION_LOCK}::bigint)`.execute(locked)
      const orm = await openOrm({ url, poolSize: 2, name: 'daisi-migrate', queryTimeoutMs: 0 })
      try {
        return (await orm.migrator.up()).map(({ name }) => name)
      } finally {
        await orm.close()
        await sql`select pg_advisory_unlock(${MIGRATION_LOCK}::bigint)`.execute(locked)
      }
    })
  } finally {
    await guard.close()
  }
}
